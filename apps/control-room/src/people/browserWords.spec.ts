import { browserWords } from './browserWords.js';

it('calls a browser as its owner would', () => {
  expect(browserWords('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0')).toBe(
    'Edge · Windows',
  );
  expect(browserWords('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Mobile MicroMessenger/8.0')).toBe('WeChat · iPhone');
  expect(browserWords('curl/8.5.0')).toBe('curl/8.5.0');
});

export const rolesZh = {
  admin: '管理员',
  supervisor: '主管',
  operator: '值班员',
  'site-manager': '工地负责人',
  dispatcher: '企业调度',
  'yard-keeper': '消纳场管理员',
  viewer: '只读',
};

export const rolesEn: typeof rolesZh = {
  admin: 'Administrator',
  supervisor: 'Supervisor',
  operator: 'Operator',
  'site-manager': 'Site manager',
  dispatcher: 'Dispatcher',
  'yard-keeper': 'Yard keeper',
  viewer: 'Viewer',
};

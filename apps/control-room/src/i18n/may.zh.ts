/** Why something is not offered to somebody: their role is not for it, or they see a part of the city only. */
export const mayZh = {
  notOffered: {
    rules: '通知规则适用于全市，由可看全市的主管或管理员修改；您的账号只看其中一部分，可以查看。',
    calendar: '工作日历适用于全市，由可看全市的主管或管理员修改；您的账号只看其中一部分，可以查看和试算。',
    route: '新线路须由可看全市的主管或管理员绘制：您的账号只看其中一部分，许可中已有的线路可以修改。',
    lab: '规则实验室按全市数据试算，只给可看全市的人员使用。',
    run: '可以查看他人的试算；试算由主管或管理员发起。',
    limits: '由主管或管理员存为本市限值。',
    quarantine: '无法使用的报文不属于任何一部分，只给可看全市的人员看。',
    drivers: '驾驶员由企业调度或管理员维护。',
  },
};

"""Chinese phrases for the made training sets."""

from __future__ import annotations

from benchmarks.formats.language import Language

# fmt: off
# Lists of phrases read better packed than one a line.
CHINESE = Language(
    name="Chinese",
    gap="",
    slots={
        "product": (
            "电热水壶", "蓝色台灯", "跑鞋", "手机壳", "咖啡研磨机", "办公椅", "帐篷", "键盘", "降噪耳机", "雨衣",
            "自行车灯", "路由器", "净水器", "电子书阅读器", "电钻", "婴儿监视器", "升降桌", "USB-C数据线", "瑜伽垫",
            "空气炸锅",
        ),
        "problem": (
            "噪音很大", "无法开机", "到货时有裂纹", "用一小时就停", "有胶水味", "尺码不对", "总是断线", "少了一颗螺丝",
            "显示E4错误", "漏水",
        ),
        "person": ("张女士", "李医生", "王伟", "陈先生", "快递员", "小刘", "技术员", "财务部", "主管", "赵敏"),
        "place": ("上海", "成都", "杭州门店", "深圳", "总仓库", "西安", "前台", "广州"),
        "company": ("北风公司", "Acme有限公司", "蓝蕨", "顺达快递", "银行", "海港集团"),
        "month": ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"),
        "thing": ("退款", "您的订单", "包裹", "发票", "您的会员", "换货"),
        "feeling": ("生气", "满意", "着急", "有点困惑", "失望", "放心"),
    },
    openings=(
        "您好！", "{person},您好：", "感谢您的来信。", "好问题！", "很抱歉听到这个消息。", "感谢您的耐心等待。",
        "关于{product}的问题，非常抱歉。",
    ),
    replies=(
        "我们已于{date}处理{thing}。", "您可以随时在 {url} 查看{thing}。", "请问{product}现在还{problem}吗？",
        "预计{date}送达{place}，一般在{time}之前。", "{product}保修{number}个月，维修免费。",
        "请保留收据（例如拍照），直到{thing}确认为止。",
        "如果屏幕显示“错误{number}”，请拔掉{product}的电源，等待{number}分钟。",
        "我已请{person}跟进，{time}前会给您答复。", "费用是{money}，含税。", "不可以，{product}不能在户外使用。",
        "可以！", "您试过换一根线吗？", "{number}天内退货免费；超过之后收取{money}。",
        "我们可以补偿{money}，或者换一台新的{product}，由您选择。", "您的订单{order}分成了{number}个包裹。",
        "直接回复并附上照片就行。", "我们{place}店的营业时间是{time}到{time}，周日休息。", "我完全理解您很{feeling}。",
        "给您一张{percent}的优惠券可以吗？", "{company}告知{thing}被海关扣留了。",
        "打开应用，进入“设置 > 订单”，选择“退货”。", "已完成。", "很遗憾，这个无法更改。",
        "一旦{thing}在{place}完成扫描，状态会在{number}小时内更新，不过节假日期间可能会比平时多花一到两天时间。",
    ),
    facts=(
        "{person}反映{product}{problem}。", "{product}在{month}的销量增长了{percent}。",
        "因为{thing}拖了{number}天，客户很{feeling}。", "{company}同意在{date}前支付{money}。",
        "约{percent}的{place}顾客购买了{product}。", "平均重量为{decimal}千克，符合要求。",
        "据{person}说，{place}的会议改到{time}。", "{product}得了{decimal}分（满分10分）。",
        "{company}将关闭{number}家门店，其中最大的在{place}。", "事故中无人受伤，也没有财产损失。",
        "第二批货价值{money}，计划于{date}发出。", "目前还不清楚{product}为什么{problem}。",
        "{person}和{person}对{product}的价格意见不一。", "与{company}的合同将于{date}到期。",
        "预计{place}的需求下降{percent}，而单位成本仍在{money}左右。",
        "报告列出了{number}条投诉，大多与{product}有关。", "测试使用的软件版本是{decimal}。",
        "{month}，{place}的团队接听了{number}个电话，平均用时{decimal}分钟，比以前更快。",
        "{company}的美国分部没有参加这项研究。", "价格与{month}作了比较。",
    ),
    closings=(
        "还有什么可以帮您？", "祝您生活愉快！", "来自{place}的问候。", "有结果请告诉我。", "再次感谢您的订单{order}。",
    ),
    tails=("😊", "——{person}", "🙏", "详见 {url}", "🚚📦"),
    questions=(
        "我的{product}{problem}，怎么办？", "订单{order}到哪了？", "{date}买的{product}能退吗",
        "怎么扣了我两次{money}！！", "送到{place}吗？", "{product}保修多久？", "{product}{problem}……我要退钱",
        "你好，{person}答应{time}来电话，结果没人打。", "{product}{month}有活动吗？",
        "订单{order}要开发票，抬头{company}。", "推荐哪款{product}？", "请取消{thing}。", "为什么应用要收{money}？",
        "我很{feeling}：{thing}从{date}到现在还没到。",
    ),
    comments=(
        "跳过空值", "保持{person}的顺序", "价格以分为单位", "见 {url}", "以最后一个为准", "TODO: 处理闰年",
        "不超过{number}", "按日期排序", "只取{date}之后的行",
    ),
    headings=(
        "摘要", "下一步", "风险", "经过", "{month}数据", "待解决问题", "成本", "{place}团队", "背景", "分工",
        "关于{product}", "结果",
    ),
    titles=("报告：{product}", "{month}周报", "{company}在{place}", "{date}事件", "{product}评测"),
    labels=(
        "账单", "配送", "退款", "技术问题", "账户登录", "产品咨询", "投诉", "取消", "反馈", "保修", "数据隐私", "其他",
    ),
    words={
        "low": "低", "medium": "中", "high": "高", "urgent": "紧急", "positive": "正面", "negative": "负面",
        "neutral": "中性", "mixed": "混合", "yes": "是", "no": "否", "partly": "部分", "label": "标签",
        "answer": "答案", "summary": "摘要", "label sentence": "这条消息属于{label}。", "text": "文本",
        "person": "人名", "place": "地点", "company": "公司", "product": "产品", "date": "日期", "key:category": "类别",
        "key:priority": "优先级", "key:sentiment": "情感", "key:order": "订单号", "key:summary": "概要",
        "key:tags": "标签", "key:amount": "金额", "key:refund": "是否退款", "key:notes": "备注", "key:customer": "客户",
        "key:name": "姓名", "key:city": "城市", "key:vip": "会员", "key:items": "商品", "key:sku": "编号",
        "key:quantity": "数量", "key:price": "单价", "key:currency": "币种", "key:discount": "折扣",
        "key:language": "语言", "key:type": "类型", "key:text": "内容", "key:start": "位置", "key:score": "评分",
        "extra keys": "说明 解释 置信度 推理 来源 附注", "unknown": "待定 批发 杂项 不确定 综合",
    },
    tasks={
        "json": ("{question}", "消息：{question}", "从这条消息中提取字段：\n{question}"),
        "label": ("{question}", "消息：{question}"),
        "summary": ("总结：{fact}{fact}{fact}", "{fact}{fact}{fact}{fact}", "请为{person}做个总结。\n\n{fact}{fact}"),
        "code": (
            "写一个函数统计{place}的{product}订单。", "怎么按重量排序包裹，并去掉超过{number}克的？",
            "计算{month}的平均价格，不含退货。", "解析形如“{order};{money}”的行。", "按月汇总{company}的发票。",
            "请求失败时最多重试{number}次。",
        ),
        "sql": (
            "{date}以来{place}有多少{product}订单？", "删除超过{number}天的购物车。", "列出消费超过{money}的客户。",
            "为{company}添加一列。", "把{product}的价格设为{money}。", "{month}退货最多的{number}种商品是哪些？",
        ),
        "markdown": (
            "写一份关于{product}的报告。", "整理成文：{fact}{fact}", "请写{company}在{place}的笔记。",
            "为{person}准备周报。",
        ),
    },
    asks={
        "json": ("只返回JSON。", "请仅输出一个JSON对象，不要其他文字。", "请用JSON格式回答。"),
        "label": ("请从以下选项中选择一个回答：{list}。", "请分类为{list_or}，只回答标签。"),
        "words": ("回答不超过{limit}个字。", "请控制在{limit}字以内。", "最多{limit}字。"),
        "language": ("请用{tongue}回答。", "请用{tongue}写出答案。"),
        "decoy": (
            "用简单的话解释什么是JSON文件。", "“中性”这个词是什么意思？", "信里怎么表示感谢？",
            "至少说出{place}的两个特点。", "标签有什么用？",
        ),
        "system": ("你是{company}的助手。", "你为一家商店的顾客提供帮助。", "请处理用户的消息。"),
    },
    prefaces=("以下是{form}：", "好的！结果如下：", "这是您要的{form}：", "输出如下："),
    afterwords=("如果还需要什么，请告诉我！", "希望对您有帮助。", "请注意，我没有测试过。"),
    placeholders=("{{姓名}}", "[TODO]", "<在此插入日期>", "[您的姓名]", "{{name}}", "[插入链接]"),
)

//! What the sample firm sells: instruments, consumables and services.

/// A product on the sample firm's list.
pub(super) struct Article {
    /// Name as the firm writes it.
    pub zh: &'static str,
    /// Name as overseas customers write it.
    pub en: &'static str,
    /// How a salesperson calls it in Chinese.
    pub word: &'static str,
    /// Category.
    pub category: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// List price in cents.
    pub price: i64,
    /// Cost in thousandths of the price.
    pub cost: i64,
}

impl Article {
    /// Whether it is built in and calibrated, not used up.
    pub fn is_instrument(&self) -> bool {
        let built_in = matches!(self.category, PRESSURE | FLOW | ANALYSIS | ELECTRIC);
        built_in || self.zh.starts_with("CV-50") || self.zh.starts_with("四合一")
    }

    /// Whether it is work and not a thing.
    pub fn is_service(&self) -> bool {
        self.category == SERVICE
    }

    /// The most pieces a customer orders at once.
    pub fn most(&self) -> i64 {
        match self.category {
            SERVICE => 3,
            ANALYSIS => 6,
            _ if self.is_instrument() && self.price > 50_000 => 30,
            _ => 400,
        }
    }
}

const fn article(
    names: (&'static str, &'static str, &'static str),
    category: &'static str,
    unit: &'static str,
    price: i64,
    cost: i64,
) -> Article {
    Article { zh: names.0, en: names.1, word: names.2, category, unit, price, cost }
}

const PRESSURE: &str = "压力温度仪表";
const FLOW: &str = "流量液位仪表";
const ANALYSIS: &str = "分析仪器";
const VALVE: &str = "阀门管件";
const FILTER: &str = "过滤耗材";
const LAB: &str = "实验耗材";
const SEAL: &str = "密封润滑";
const ELECTRIC: &str = "电气自动化";
const SERVICE: &str = "校准服务";
const SAFETY: &str = "工具劳保";

/// The categories, in Chinese and in English.
pub(super) const CATEGORIES: &[(&str, &str)] = &[
    (PRESSURE, "Pressure and temperature"),
    (FLOW, "Flow and level"),
    (ANALYSIS, "Analysers"),
    (VALVE, "Valves and fittings"),
    (FILTER, "Filters"),
    (LAB, "Laboratory supplies"),
    (SEAL, "Seals and lubricants"),
    (ELECTRIC, "Electrics and automation"),
    (SERVICE, "Calibration and service"),
    (SAFETY, "Tools and safety"),
];

/// The list, by category.
pub(super) const ARTICLES: &[Article] = &[
    article(("PT-201 压力变送器", "PT-201 pressure transmitter", "压力变送器"), PRESSURE, "台", 128_000, 580),
    article(("PT-208 防爆压力变送器", "PT-208 Ex pressure transmitter", "防爆变送器"), PRESSURE, "台", 236_000, 560),
    article(("PG-100 不锈钢压力表", "PG-100 stainless gauge", "压力表"), PRESSURE, "只", 16_800, 610),
    article(("TT-302 一体化温度变送器", "TT-302 temperature transmitter", "温度变送器"), PRESSURE, "台", 89_000, 570),
    article(("TC-K 铠装热电偶", "TC-K sheathed thermocouple", "热电偶"), PRESSURE, "支", 14_500, 640),
    article(("FM-500 电磁流量计", "FM-500 magnetic flow meter", "电磁流量计"), FLOW, "台", 568_000, 590),
    article(("FM-620 超声波流量计", "FM-620 ultrasonic flow meter", "超声波流量计"), FLOW, "台", 980_000, 550),
    article(("FV-310 涡街流量计", "FV-310 vortex flow meter", "涡街流量计"), FLOW, "台", 426_000, 600),
    article(("LT-410 雷达液位计", "LT-410 radar level meter", "雷达液位计"), FLOW, "台", 735_000, 560),
    article(("LS-20 浮球液位开关", "LS-20 float switch", "液位开关"), FLOW, "只", 23_500, 620),
    article(("WA-800 在线水质分析仪", "WA-800 online water analyser", "水质分析仪"), ANALYSIS, "套", 6_850_000, 540),
    article(("GA-350 烟气分析仪", "GA-350 flue gas analyser", "烟气分析仪"), ANALYSIS, "台", 9_600_000, 570),
    article(("SP-722 分光光度计", "SP-722 spectrophotometer", "分光光度计"), ANALYSIS, "台", 1_880_000, 600),
    article(("PH-60 台式酸度计", "PH-60 bench pH meter", "酸度计"), ANALYSIS, "台", 328_000, 580),
    article(("MA-110 快速水分仪", "MA-110 moisture analyser", "水分仪"), ANALYSIS, "台", 1_260_000, 590),
    article(("XR-90 手持光谱仪", "XR-90 handheld XRF analyser", "手持光谱仪"), ANALYSIS, "台", 16_800_000, 620),
    article(("BV-25 不锈钢球阀", "BV-25 stainless ball valve", "球阀"), VALVE, "只", 18_600, 660),
    article(("CV-50 气动调节阀", "CV-50 pneumatic control valve", "调节阀"), VALVE, "台", 486_000, 600),
    article(("SV-12 电磁阀", "SV-12 solenoid valve", "电磁阀"), VALVE, "只", 21_800, 610),
    article(("卡套接头 8mm", "8 mm compression fitting", "卡套接头"), VALVE, "只", 2_350, 640),
    article(("F5 精密滤芯", "F5 filter element", "滤芯"), FILTER, "支", 8_600, 520),
    article(("F9 高效滤筒", "F9 cartridge filter", "滤筒"), FILTER, "支", 36_500, 540),
    article(("液压油滤 HX-16", "HX-16 hydraulic filter", "液压油滤"), FILTER, "支", 12_800, 560),
    article(("除尘布袋 2.4m", "2.4 m dust bag", "除尘布袋"), FILTER, "条", 6_800, 600),
    article(("反渗透膜 4040", "4040 RO membrane", "反渗透膜"), FILTER, "支", 118_000, 650),
    article(("定量滤纸 φ11cm", "11 cm filter paper", "定量滤纸"), LAB, "盒", 4_500, 560),
    article(("移液器吸头 1000μL", "1000 µl pipette tips", "吸头"), LAB, "箱", 68_000, 580),
    article(("标准溶液套装", "Standard solution kit", "标准溶液"), LAB, "套", 46_000, 500),
    article(("COD 预制试剂", "COD reagent vials", "COD试剂"), LAB, "盒", 38_500, 480),
    article(("丁腈手套 M", "Nitrile gloves M", "丁腈手套"), LAB, "箱", 32_000, 690),
    article(("机械密封 104-35", "104-35 mechanical seal", "机封"), SEAL, "套", 15_800, 600),
    article(("氟橡胶O型圈套装", "FKM O-ring kit", "O型圈"), SEAL, "套", 9_800, 540),
    article(("食品级润滑脂 2号", "Food-grade grease NLGI 2", "润滑脂"), SEAL, "桶", 78_000, 620),
    article(("抗磨液压油 46号", "ISO 46 hydraulic oil", "液压油"), SEAL, "桶", 165_000, 720),
    article(("RTU-8 数据采集模块", "RTU-8 data logger", "采集模块"), ELECTRIC, "台", 186_000, 560),
    article(("PLC-32 可编程控制器", "PLC-32 controller", "控制器"), ELECTRIC, "台", 358_000, 610),
    article(("VF-75 变频器 7.5kW", "VF-75 inverter 7.5 kW", "变频器"), ELECTRIC, "台", 276_000, 660),
    article(("上门校准服务", "On-site calibration", "上门校准"), SERVICE, "次", 280_000, 420),
    article(("年度维保合同", "Annual maintenance contract", "年度维保"), SERVICE, "份", 3_600_000, 480),
    article(("防静电工作服", "Antistatic overall", "防静电服"), SAFETY, "套", 12_600, 640),
    article(("四合一气体检测仪", "4-gas detector", "气体检测仪"), SAFETY, "台", 268_000, 570),
];

/// What customers of an industry mostly buy.
pub(super) fn categories(industry: &str) -> &'static [&'static str] {
    match industry {
        "medical" | "education" => &[LAB, ANALYSIS, LAB, SERVICE],
        "government" => &[ANALYSIS, LAB, SERVICE, FLOW],
        "energy" => &[PRESSURE, FLOW, ANALYSIS, VALVE, SERVICE, SAFETY],
        "construction" | "real_estate" => &[FLOW, VALVE, ELECTRIC, SAFETY],
        "logistics" | "wholesale" => &[SEAL, SAFETY, FILTER, VALVE],
        "retail" | "catering" => &[FILTER, SEAL, LAB, SAFETY],
        "agriculture" => &[FLOW, FILTER, LAB, VALVE],
        "technology" | "software" | "telecommunications" => &[ELECTRIC, PRESSURE, SERVICE, FILTER],
        "services" => &[LAB, ANALYSIS, SERVICE, SAFETY],
        _ => &[PRESSURE, FLOW, VALVE, FILTER, SEAL, ELECTRIC, SERVICE, ANALYSIS, SAFETY],
    }
}

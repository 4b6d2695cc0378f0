//! The closed lists: things the program itself must tell apart. Numbers are stored and never change their meaning.

/// A closed list, each choice with its stored number and its key in files and JSON.
macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $number:literal $key:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "u8", try_from = "u8")]
        pub enum $name { $($(#[$doc])* $variant = $number,)+ }

        impl $name {
            /// Every choice, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The key in files and JSON.
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key,)+ }
            }

            /// The choice with this key.
            pub fn from_key(key: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|choice| choice.key() == key)
            }
        }

        impl From<$name> for u8 {
            fn from(choice: $name) -> u8 { choice as u8 }
        }

        impl TryFrom<u8> for $name {
            type Error = String;
            fn try_from(number: u8) -> Result<$name, String> {
                match number {
                    $($number => Ok($name::$variant),)+
                    _ => Err(format!("no {} has the number {number}", stringify!($name))),
                }
            }
        }

        impl crate::domain::value::FieldValue for $name {
            fn to_value(&self) -> crate::domain::value::Value {
                crate::domain::value::Value::Choice(u8::from(*self))
            }
            fn from_value(value: crate::domain::value::Value) -> Result<$name, crate::domain::value::Value> {
                match value {
                    crate::domain::value::Value::Choice(number) => $name::try_from(number).map_err(|_| value),
                    value => Err(value),
                }
            }
            fn choice_key(number: u8) -> Option<&'static str> {
                $name::try_from(number).ok().map(|choice| choice.key())
            }
        }
    };
}
pub(crate) use choice;

choice! {
    /// Whom the customer is: a firm, a person, an authority.
    CustomerKind {
        /// A firm.
        Business = 1 "b2b",
        /// A person.
        Consumer = 2 "b2c",
        /// An authority or public body.
        Government = 3 "government",
    }
}

choice! {
    /// High, middle or low.
    Level {
        /// Low 低.
        Low = 1 "low",
        /// Middle 中.
        Middle = 2 "middle",
        /// High 高.
        High = 3 "high",
    }
}

choice! {
    /// Where a customer stands in its life with us (S0 生命周期阶段).
    LifeStage {
        /// No order yet 潜在期.
        Prospect = 1 "prospect",
        /// First order not long ago 新客期.
        New = 2 "new",
        /// Buying more than before 成长期.
        Growing = 3 "growing",
        /// Buying as before 稳定期.
        Stable = 4 "stable",
        /// Buying less than before 衰退期.
        Declining = 5 "declining",
        /// Gone 流失期.
        Lost = 6 "lost",
    }
}

choice! {
    /// What a contact has to say in a purchase.
    ContactRole {
        /// Decides 决策者.
        DecisionMaker = 1 "decision_maker",
        /// Uses what is bought 使用者.
        User = 2 "user",
        /// Is listened to 影响者.
        Influencer = 3 "influencer",
        /// Signs the order 采购.
        Purchaser = 4 "purchaser",
    }
}

choice! {
    /// How a contact stands towards us.
    Attitude {
        /// For us 支持.
        Supports = 1 "supports",
        /// Neither 中立.
        Neutral = 2 "neutral",
        /// Against us 反对.
        Opposes = 3 "opposes",
    }
}

choice! {
    /// Gender, where segmentation asks for it.
    Gender {
        /// Female 女.
        Female = 1 "female",
        /// Male 男.
        Male = 2 "male",
    }
}

choice! {
    /// Where an order was placed.
    Channel {
        /// Online 线上.
        Online = 1 "online",
        /// Offline 线下.
        Offline = 2 "offline",
    }
}

choice! {
    /// Who sold: we ourselves, or a distributor.
    Route {
        /// Direct 直销.
        Direct = 1 "direct",
        /// Through a distributor 分销.
        Distribution = 2 "distribution",
    }
}

choice! {
    /// Who reached out.
    Direction {
        /// We did 去.
        Outgoing = 1 "outgoing",
        /// The customer did 来.
        Incoming = 2 "incoming",
    }
}

choice! {
    /// What a customer told us.
    FeedbackKind {
        /// Satisfaction, 1–5 满意度.
        Satisfaction = 1 "satisfaction",
        /// Would recommend us, 0–10 (NPS).
        Recommendation = 2 "nps",
        /// A complaint 投诉.
        Complaint = 3 "complaint",
        /// Took part in an event 活动.
        Event = 4 "event",
        /// A suggestion 建议.
        Suggestion = 5 "suggestion",
    }
}

choice! {
    /// What a target or a strategy is to move.
    Measure {
        /// Revenue 销售额.
        Revenue = 1 "revenue",
        /// New customers 新客户数.
        NewCustomers = 2 "new_customers",
        /// Conversion 转化率.
        Conversion = 3 "conversion",
        /// Satisfaction 满意度.
        Satisfaction = 4 "satisfaction",
        /// Repurchase 复购率.
        Repurchase = 5 "repurchase",
        /// Deals won 赢单数.
        WonDeals = 6 "won_deals",
        /// Money that came in 回款.
        Paid = 7 "paid",
        /// Follow-ups 跟进数.
        FollowUps = 8 "follow_ups",
        /// Days from first contact to winning 成交周期.
        DealCycle = 9 "deal_cycle",
        /// Hours until a complaint is answered 响应时长.
        ResponseHours = 10 "response_hours",
        /// Would recommend us (NPS).
        Recommendation = 11 "nps",
        /// Customers who ordered a second time 二次下单.
        SecondOrder = 12 "second_order",
    }
}

impl Measure {
    /// Whether less is better.
    pub const fn is_lower_better(self) -> bool {
        matches!(self, Measure::DealCycle | Measure::ResponseHours)
    }
}

choice! {
    /// What counts towards a target of revenue.
    Basis {
        /// Orders 订单.
        Orders = 1 "orders",
        /// Deals won 赢单.
        WonDeals = 2 "won_deals",
        /// Money that came in 回款.
        Paid = 3 "paid",
    }
}

choice! {
    /// What became of a suggestion.
    SuggestionStatus {
        /// Not looked at yet 待处理.
        Open = 1 "open",
        /// It will be done 已采纳.
        Accepted = 2 "accepted",
        /// It is done 已实施.
        Done = 3 "done",
        /// It will not be done 未采纳.
        Declined = 4 "declined",
    }
}

choice! {
    /// Whether something happened once or lies in how we work.
    Extent {
        /// Once 偶发.
        OneOff = 1 "one_off",
        /// It lies in how we work 系统性.
        Systemic = 2 "systemic",
    }
}

choice! {
    /// What sort of telephone.
    PhoneKind {
        /// Mobile 手机.
        Mobile = 1 "mobile",
        /// At work 办公.
        Work = 2 "work",
        /// At home 家庭.
        Home = 3 "home",
        /// Fax 传真.
        Fax = 4 "fax",
    }
}

choice! {
    /// What an own field holds.
    OwnType {
        /// Text 文本.
        Text = 1 "text",
        /// A whole number 数字.
        Number = 2 "number",
        /// An amount 金额.
        Amount = 3 "amount",
        /// A day 日期.
        Day = 4 "day",
        /// Yes or no 是否.
        Flag = 5 "flag",
        /// One of several words 单选.
        Choice = 6 "choice",
    }
}

choice! {
    /// What money was spent on.
    Purpose {
        /// Winning customers 获客.
        Acquisition = 1 "acquisition",
        /// Serving a customer 服务.
        Service = 2 "service",
    }
}

choice! {
    /// What a stage means for a deal.
    StageRole {
        /// Still to be decided.
        Open = 1 "open",
        /// Won 赢单.
        Won = 2 "won",
        /// Lost 输单.
        Lost = 3 "lost",
        /// Put aside 搁置.
        Parked = 4 "parked",
    }
}

choice! {
    /// The lists of the book that can be edited.
    ListKind {
        /// Industry 行业.
        Industry = 1 "industry",
        /// Size by revenue 规模.
        Size = 2 "size",
        /// Region 地域.
        Region = 3 "region",
        /// Source channel 来源渠道.
        Source = 4 "source",
        /// Need preference 需求偏好.
        Need = 5 "need",
        /// Way of a follow-up 方式.
        Way = 6 "way",
        /// Outcome of a follow-up 结果.
        Outcome = 7 "outcome",
        /// Reason a deal was lost 输单原因.
        LostReason = 8 "lost_reason",
    }
}

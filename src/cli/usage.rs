//! The command line's help and its mistakes, in the user's language.

use crate::cli::args::CommandLine;
use crate::cli::fail::Fail;
use crate::text::{Language, Words, words};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory};

/// What the help says in Chinese: `command` or `command.argument`; an argument of every command stands alone.
const CHINESE: &[(&str, &str)] = &[
    ("kehu", "终端里的客户工作台"),
    ("demo", "生成示例客户簿并打开"),
    ("import", "从表格、名片或 JSON 导入客户、订单、商机等"),
    ("find", "按名称、拼音、电话或编号查找客户"),
    ("show", "查看一位客户"),
    ("list", "列出客户"),
    ("log", "记录一次跟进"),
    ("due", "待办：逾期、今天和近期"),
    ("stage", "把商机移到另一阶段"),
    ("tiers", "客户分级：重新计算、预览、应用"),
    ("tiers.scheme", "方法或已保存的方案：quantile、ntile、nested、threshold、abc、rules"),
    ("tiers.window", "时间窗口：12m、24m、all 或任意月数"),
    ("tiers.weights", "权重：equal 三项相同，by-kind 企业看规模、个人看频次和满意度"),
    ("tiers.movers", "把变动客户按负责人写入文件，含距下一级的差距：csv、xlsx 或 md，按后缀"),
    ("tiers.apply", "写入结果；不加则只预览"),
    ("tiers.value", "客户价值：生命周期价值、获客成本、回收期、留存、NPS、复购，各附公式；以及价值矩阵"),
    ("levels", "会员等级：查看、新建、修改、删除"),
    ("levels.name", "要新建或修改的等级；不写则列出全部"),
    ("levels.spend", "累计消费满"),
    ("levels.years", "合作年限满"),
    ("levels.least", "积分满"),
    ("levels.points", "每消费 100 的积分"),
    ("levels.per_order", "每单积分"),
    ("levels.benefits", "会员权益"),
    ("levels.only", "适用：persons 仅个人，everybody 全部客户"),
    ("levels.delete", "删除这个等级"),
    ("risk", "谁在流失、为什么、每年多少金额、谁在跟进"),
    ("risk.owner", "只看这个人的客户"),
    ("risk.lost", "已流失、可挽回的客户"),
    ("risk.csv", "以逗号分隔输出"),
    ("funnel", "销售漏斗：商机走到哪一步、漏损在哪里、为什么"),
    ("funnel.from", "只看这一天及以后开始的商机"),
    ("funnel.to", "只看这一天及以前开始的商机"),
    ("funnel.by", "另按此项分组"),
    ("funnel.month", "改为输出该月月会报表：变动、逾期未成交、目标差距"),
    ("funnel.output", "报表写入的文件：.xlsx、.md 或 .csv"),
    ("funnel.owner", "只看这个人的商机"),
    ("undo", "撤销最近一次修改"),
    ("redo", "重做刚撤销的修改"),
    ("export", "把客户或其他记录导出成文件"),
    ("export.kind", "导出什么：customers、orders……、all，或 s0、s4 两种表"),
    ("export.format", "csv、xlsx、json、vcf 或 md；不写则按文件后缀"),
    ("export.columns", "要导出的列"),
    ("export.filter", "只导出符合条件的客户"),
    ("export.mask", "对姓名、电话和地址脱敏"),
    ("export.output", "文件；- 或不写则输出到标准输出"),
    ("handover", "把一个人的工作交接给别人"),
    ("handover.from", "交出谁的客户、未结商机、待办和投诉"),
    ("handover.to", "交给谁"),
    ("handover.by", "按地域、行业等任一列，同一值归一人；tier 则各级数量平均"),
    ("handover.per_day", "每人每个工作日首次联系几位"),
    ("handover.dry_run", "只显示将交接什么，不写入"),
    ("handover.csv", "清单以逗号分隔输出"),
    ("history", "谁在什么时候改了什么"),
    ("backup", "把整本客户簿存成一个文件，并读回核对"),
    ("backup.file", "要写入的文件"),
    ("backup.force", "同名文件已存在时覆盖"),
    ("restore", "用备份在单独的文件夹中恢复一本客户簿"),
    ("restore.file", "kehu backup 写出的文件"),
    ("restore.folder", "恢复到哪个文件夹：须为空或尚不存在"),
    ("verify", "核对客户簿或备份是否完好"),
    ("verify.file", "要核对的备份；不写则核对客户簿"),
    ("verify.repair", "与日志不一致的部分根据日志重建"),
    ("verify.salvage", "日志损坏或变短时，把工作副本中多出的内容补写为新记录"),
    ("compact", "让客户簿少占空间"),
    ("keys", "界面的按键"),
    ("book", "客户簿所在文件夹（也可用 KEHU_BOOK）"),
    ("lang", "语言：zh 或 en"),
    ("read_only", "不写入任何内容"),
    ("json", "以一份 JSON 输出"),
    ("as_of", "把这一天当作今天（也可用 KEHU_TODAY）"),
    ("theme", "界面配色：terminal、dark、light、colour-blind 或 mono"),
    ("keymap", "界面键位：default、vim、emacs、zh 或自定义"),
    ("ascii", "界面只用 ASCII 画线"),
    ("mouse", "界面允许使用鼠标"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
    ("demo.customers", "客户数量"),
    ("demo.seed", "相同的种子生成相同的客户簿"),
    ("demo.mixed", "英文界面下也生成中外混合的客户"),
    ("demo.into", "生成到这个文件夹，不打开"),
    ("import.files", "要读取的文件，- 表示标准输入；多个文件会按编号关联"),
    ("import.kind", "每行是什么"),
    ("import.map", "把某列读作某字段"),
    ("import.values", "把某字段里的一个词读作另一个"),
    ("import.sheet", "工作簿中的工作表"),
    ("import.encoding", "编码：auto、utf-8、gb18030 或 big5"),
    ("import.unit", "表头未写单位的金额按 元 或 万元 读"),
    ("import.mode", "只新增、只更新，或两者都做"),
    ("import.dry_run", "只说明会做什么，不写入"),
    ("find.query", "名称、拼音、首字母、电话、编号、联系人或标签"),
    ("find.limit", "最多几条"),
    ("show.query", "编号、名称，或只对应一位客户的词"),
    ("list.filter", "只列出符合条件的客户"),
    ("list.sort", "排序的列，前面加 - 表示倒序"),
    ("list.columns", "要显示的列"),
    ("list.view", "视图：自己保存的，或 mine、due、stuck、unnoticed、new、top、churn、unplanned"),
    ("list.limit", "最多几条"),
    ("list.csv", "以逗号分隔输出"),
    ("log.query", "编号、名称，或只对应一位客户的词"),
    ("log.line", "跟进内容，写法与界面相同；- 表示从标准输入读取"),
    ("log.at", "发生时间"),
    ("log.by", "跟进人"),
    ("log.deal", "关于哪个商机：编号或名称"),
    ("log.dry_run", "只显示如何理解，不写入"),
    ("due.days", "往后看几天"),
    ("due.owner", "只看这个人的"),
    ("stage.query", "编号、名称，或只对应一位客户的词"),
    ("stage.stage", "要移到的阶段"),
    ("stage.deal", "哪个商机：编号或名称"),
    ("stage.reason", "输单或赢单的原因"),
    ("history.query", "只看这位客户的"),
    ("history.limit", "最多几条"),
    ("completions", "输出让 shell 自动补全命令和选项的脚本"),
    ("completions.shell", "bash、zsh、fish、elvish 或 powershell"),
    ("man", "输出 man 手册页"),
    ("keys.check", "检查自己的键位文件"),
    ("keys.markdown", "以 Markdown 表格输出"),
];

const TEMPLATE_ZH: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

fn chinese(key: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(other, _)| *other == key).map(|(_, text)| *text)
}

/// The command line as clap knows it, with its help in `language`.
pub fn command(language: Language) -> Command {
    let command = CommandLine::command();
    match language {
        Language::En => command,
        Language::Zh => in_chinese(command, "").subcommand_help_heading("命令"),
    }
}

fn in_chinese(mut command: Command, under: &str) -> Command {
    let name = command.get_name().to_owned();
    if let Some(about) = chinese(&name) {
        command = command.about(about);
    }
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        let help = chinese(&format!("{name}.{id}")).or_else(|| chinese(&id));
        command = command.mut_arg(id, |arg| {
            let heading = match (arg.is_positional(), arg.is_global_set() || name == "kehu") {
                (true, _) => "参数",
                (_, true) => "通用选项",
                _ => "选项",
            };
            let help = with_values(help.unwrap_or_default(), &arg);
            let takes_value = arg.get_action().takes_values();
            let arg = arg.help_heading(heading).help(help);
            if takes_value { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
        });
    }
    let usage = usage(&command, under);
    command = command.help_template(TEMPLATE_ZH).override_usage(usage);
    let subcommands: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    subcommands.into_iter().fold(command, |command, sub| command.mut_subcommand(sub, |sub| in_chinese(sub, "kehu ")))
}

/// The help with the values an argument can have and the one it has by itself, which clap would say in English.
fn with_values(help: &str, arg: &clap::Arg) -> String {
    let takes_value = arg.get_action().takes_values();
    let possible: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let mut text = help.to_owned();
    if takes_value && possible.len() > 2 {
        text.push_str(&format!("（可选 {}）", possible.join("、")));
    }
    if takes_value && !default.is_empty() {
        text.push_str(&format!("（默认 {}）", default.join("、")));
    }
    text
}

fn usage(command: &Command, under: &str) -> String {
    let mut usage = format!("{under}{} [选项]", command.get_name());
    for arg in command.get_positionals() {
        let names =
            arg.get_value_names().map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        let many = if arg.get_num_args().is_some_and(|count| count.max_values() > 1) { "…" } else { "" };
        let name = names.unwrap_or_default();
        usage.push_str(&if arg.is_required_set() { format!(" <{name}>{many}") } else { format!(" [{name}]{many}") });
    }
    if command.has_subcommands() {
        usage.push_str(" [命令]");
    }
    usage
}

/// What clap did not understand, as every other error is said.
pub fn mistake(error: &clap::Error, language: Language) -> Fail {
    let of = |kind| error.get(kind).map(ContextValue::to_string).unwrap_or_default();
    let argument = of(ContextKind::InvalidArg);
    let said = |pattern: Words, value: &str| pattern.say(language).replace("{}", value);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => said(words("there is no option {}", "没有选项 {}"), &argument),
        ErrorKind::InvalidSubcommand => {
            said(words("there is no command {}", "没有命令 {}"), &of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if of(ContextKind::InvalidValue).is_empty() => {
            said(words("{} needs a value", "{} 需要一个值"), &argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let pattern = words("{} cannot be “%”", "{} 不能是“%”");
            said(pattern, &argument).replace('%', &of(ContextKind::InvalidValue))
        }
        ErrorKind::MissingRequiredArgument => said(words("{} is missing", "缺少 {}"), &argument),
        ErrorKind::ArgumentConflict => said(words("{} does not go together with %", "{} 不能与 % 同时使用"), &argument)
            .replace('%', &of(ContextKind::PriorArg)),
        ErrorKind::InvalidUtf8 => said(words("an argument is not UTF-8{}", "有参数不是 UTF-8{}"), ""),
        _ => said(words("the command line could not be read: {}", "看不懂这条命令：{}"), &argument),
    };
    Fail::usage(what).hinted(hint(error, language))
}

fn hint(error: &clap::Error, language: Language) -> String {
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().find_map(|kind| error.get(kind)).map(first);
    let valid = error.get(ContextKind::ValidValue).map(ContextValue::to_string).filter(|valid| !valid.is_empty());
    match (near, valid) {
        (Some(near), _) => words("did you mean {}?", "是否想写 {}？").say(language).replace("{}", &near),
        (None, Some(valid)) => words("one of {}", "可以是 {}").say(language).replace("{}", &valid),
        _ => words("kehu --help tells what there is", "运行 kehu --help 查看用法").say(language).to_owned(),
    }
}

fn first(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => several.first().cloned().unwrap_or_default(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{chinese, command};
    use crate::text::Language;

    #[test]
    fn everything_the_help_says_is_said_in_chinese_too() {
        let kehu = command(Language::En);
        for sub in kehu.get_subcommands() {
            assert!(chinese(sub.get_name()).is_some(), "{}", sub.get_name());
            for arg in sub.get_arguments() {
                let (name, id) = (sub.get_name(), arg.get_id());
                assert!(chinese(&format!("{name}.{id}")).is_some() || chinese(id.as_str()).is_some(), "{name}.{id}");
            }
        }
        assert!(kehu.get_arguments().all(|arg| chinese(arg.get_id().as_str()).is_some()));
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        command(Language::En).debug_assert();
        command(Language::Zh).debug_assert();
    }
}

using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>The adapter's methods that materializations call.</summary>
internal static class MaterializationMethods
{
    /// <summary>The type of a seed's column; text for other tables, whose types were not inferred.</summary>
    private static string ConvertType(BoundArguments a)
    {
        var types = (a[0] as TableObject)?.SqlTypes ?? [];
        var column = (int)a.Integer(1, otherwise: -1);
        return column >= 0 && column < types.Count ? types[column] : "text";
    }

    private static readonly string[] s_strategies = ["append", "delete+insert", "merge", "microbatch", "insert_overwrite", "default"];

    public static IEnumerable<HostMember> All { get; } =
    [
        new("valid_incremental_strategies()", _ => new JinjaList(["append", "delete+insert", "merge", "microbatch"])),
        new("builtin_incremental_strategies()", _ => new JinjaList(["append", "delete+insert", "merge", "insert_overwrite", "microbatch"])),
        new("get_incremental_strategy_macro(context, strategy)", StrategyMacro),
        new("standardize_grants_dict(grants_table)", Grants),
        new("get_hard_deletes_behavior(config)", HardDeletes),
        new("parse_index(raw_index)", a => a[0] is JinjaDict ? new IndexObject((JinjaDict)a[0]!) : null),
        new("convert_type(agate_table, col_idx)", ConvertType),
        new("date_function()", _ => "now()"),
        new("is_cancelable()", _ => true),
        new("supports(capability)", _ => false),
        new("get_catalog_for_single_relation(relation)", _ => null),
        new("build_catalog_relation(config)", _ => null),
    ];

    private static object? StrategyMacro(BoundArguments a)
    {
        var strategy = a.Text(1);
        var name = $"get_incremental_{strategy.Replace('+', '_')}_sql";
        if (a.Node.TryGet(name, out var macro) && macro is IJinjaCallable)
            return macro;

        throw a.Context.ValueError($"there is no incremental strategy '{strategy}': no macro '{name}'; there is {string.Join(", ", s_strategies)}");
    }

    /// <summary>Groups rows of grantee and privilege_type into grantees by privilege.</summary>
    private static JinjaDict Grants(BoundArguments a)
    {
        var grants = new JinjaDict();
        foreach (var row in (a[0] as TableObject ?? TableObject.Empty).Rows)
        {
            row.TryGetItem("privilege_type", out var privilege);
            row.TryGetItem("grantee", out var grantee);
            if (!grants.TryGetValue(privilege, out var grantees))
                grants[privilege] = grantees = new JinjaList();
            ((JinjaList)grantees!).Add(grantee);
        }

        return grants;
    }

    private static string HardDeletes(BoundArguments a)
    {
        if (Setting("hard_deletes") is { } mode)
            return PythonText.Str(mode);

        return Setting("invalidate_hard_deletes") is true ? "invalidate" : "ignore";

        object? Setting(string name) => a.Context.Call(a.Context.GetAttribute(a[0], "get"), new CallArguments([name], []));
    }
}

using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>The adapter's methods that write declared columns and constraints as DDL.</summary>
internal static class ConstraintMethods
{
    public static IEnumerable<HostMember> All { get; } =
    [
        new("render_raw_columns_constraints(raw_columns)", a => Columns(a[0] as JinjaDict ?? new JinjaDict())),
        new("render_raw_model_constraints(raw_constraints)", a => new JinjaList(Items(a[0]).OfType<JinjaDict>().Select(ModelConstraint).OfType<string>())),
    ];

    private static JinjaList Columns(JinjaDict columns)
    {
        var lines = new JinjaList();
        foreach (var (key, value) in columns)
        {
            if (value is not JinjaDict column)
                continue;

            var name = PythonText.Str(column.TryGetValue("name", out var given) ? given : key);
            if (column.TryGetValue("quote", out var quote) && quote is true)
                name = Relation.Quote(name);
            var parts = new List<string> { name, Text(column, "data_type") ?? "" };
            parts.AddRange(Items(column.TryGetValue("constraints", out var constraints) ? constraints : null)
                .OfType<JinjaDict>().Select(ColumnConstraint).OfType<string>());
            lines.Add(string.Join(' ', parts));
        }

        return lines;
    }

    private static string? ColumnConstraint(JinjaDict constraint)
    {
        var expression = Text(constraint, "expression");
        return Text(constraint, "type") switch
        {
            "check" when expression is not null => $"check ({expression})",
            "not_null" => Join("not null", expression),
            "unique" => Join("unique", expression),
            "primary_key" => Join("primary key", expression),
            "foreign_key" when Text(constraint, "to") is { } to => $"references {to} ({string.Join(", ", Items(constraint, "to_columns"))})",
            "foreign_key" when expression is not null => $"references {expression}",
            "custom" => expression,
            _ => null,
        };
    }

    private static string? ModelConstraint(JinjaDict constraint)
    {
        var expression = Text(constraint, "expression");
        var prefix = Text(constraint, "name") is { Length: > 0 } name ? $"constraint {name} " : "";
        var columns = string.Join(", ", Items(constraint, "columns"));
        return Text(constraint, "type") switch
        {
            "check" when expression is not null => $"{prefix}check ({expression})",
            "unique" => Join($"{prefix}unique ({columns})", expression),
            "primary_key" => Join($"{prefix}primary key ({columns})", expression),
            "foreign_key" when Text(constraint, "to") is { } to =>
                $"{prefix}foreign key ({columns}) references {to} ({string.Join(", ", Items(constraint, "to_columns"))})",
            "foreign_key" when expression is not null => $"{prefix}foreign key ({columns}) references {expression}",
            "custom" when expression is not null => prefix + expression,
            _ => null,
        };
    }

    private static string Join(string constraint, string? expression) => expression is null ? constraint : $"{constraint} {expression}";

    private static string? Text(JinjaDict dict, string key) => dict.TryGetValue(key, out var value) && value is not null ? PythonText.Str(value) : null;

    private static IEnumerable<object?> Items(object? value) => value is IEnumerable<object?> items ? items : [];

    private static IEnumerable<string> Items(JinjaDict dict, string key) =>
        Items(dict.TryGetValue(key, out var value) ? value : null).Select(PythonText.Str);
}

using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Rendering.Connections;
using Models.Rendering.Context.Adapter;

namespace Models.Rendering.Context.Functions;

/// <summary>Stores and loads the results of the macro <c>statement</c>. Source: docs.getdbt.com/reference/dbt-jinja-functions/statement-blocks.</summary>
internal static class StatementFunctions
{
    public static IReadOnlyDictionary<string, object?> All { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["store_result"] = new HostFunction("store_result(name, response, agate_table?)", a =>
            Store(a, a[1], a[2] as TableObject ?? TableObject.Empty)),
        ["store_raw_result"] = new HostFunction("store_raw_result(name, message?, code?, rows_affected?, agate_table?)", a =>
            Store(a, new ResponseObject(a.OptionalText(1) ?? "", a.OptionalText(2) ?? "", a.Integer(3, otherwise: -1)), a[4] as TableObject
                ?? TableObject.Empty)),
        ["load_result"] = new HostFunction("load_result(name)", Load),
    };

    /// <summary>A result can be loaded once, except that of the main statement, which the runner reads too.</summary>
    private static object? Load(BoundArguments a)
    {
        var name = a.Text(0);
        if (name == "main" || !a.Node.Results.TryGetValue(name, out var result))
            return a.Node.Results.GetValueOrDefault(name);

        a.Node.Results[name] = null;
        return result ?? throw new DiagnosticException(ContextDiagnostics.ResultAlreadyLoaded(a.Context.Span, name, a.Context.Trail));
    }

    private static string Store(BoundArguments a, object? response, TableObject table)
    {
        var data = new JinjaList();
        foreach (var row in table.Rows)
            data.Add(new JinjaTuple([.. row.Values]));
        a.Node.Results[a.Text(0)] = new JinjaDict { ["response"] = response, ["data"] = data, ["table"] = table };
        return "";
    }
}

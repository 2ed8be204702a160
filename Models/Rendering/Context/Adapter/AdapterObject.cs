using System.Data.Common;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Adapter;

/// <summary>
/// The <c>adapter</c> variable of templates. While parsing, no database is queried, and its functions return empty results. Source:
/// docs.getdbt.com/reference/dbt-jinja-functions/adapter.
/// </summary>
internal static class AdapterObject
{
    public static HostNamespace Instance { get; } = HostNamespace.Of("adapter",
    [
        new("dispatch(macro_name, macro_namespace?, packages?)", Dispatch),
        new("type()", _ => "postgres"),
        new("quote(identifier)", a => Relation.Quote(a.Text(0))),
        new("quote_as_configured(identifier, quote_key)", a => QuotingFold.IsQuoted(a.Text(1), a.Node.Project.Quoting) ? Relation.Quote(a.Text(0)) : a.Text(0)),
        new("quote_seed_column(column, quote_config?)", a => a[1] is false ? a.Text(0) : Relation.Quote(a.Text(0))),
        new("execute(sql, auto_begin?, fetch?, limit?)", Execute),
        new("add_query(sql, auto_begin?, bindings?, abridge_sql_log?, **)", AddQuery),
        new("commit()", Commit),
        new("commit_if_has_connection()", Commit),
        new("verify_database(database)", _ => ""),
        new("nice_connection_name()", a => a.Node.Node?.UniqueId ?? "master"),
        .. RelationMethods.All,
        .. ColumnMethods.All,
        .. ConstraintMethods.All,
        .. MaterializationMethods.All,
    ]);

    /// <summary>Runs SQL for a template; a server error is reported at the call.</summary>
    public static QueryResult Run(BoundArguments a, string sql)
    {
        if (!a.Node.Execute)
            return QueryResult.Empty;

        var connection = a.Node.Ask();
        try
        {
            return connection.Execute(sql);
        }
        catch (DbException e) when (connection.DescribeRefusal(e) is { } message)
        {
            throw new DiagnosticException(ContextDiagnostics.QueryFailed(a.Context.Span, message, a.Context.Trail), e);
        }
    }

    private static object? Dispatch(BoundArguments a)
    {
        var name = a.Text(0);
        if (name.Contains('.', StringComparison.Ordinal))
            throw a.Context.ArgumentError(
                $"'dispatch' takes the package as its second argument: adapter.dispatch('{name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]}', " +
                $"'{name[..name.IndexOf('.', StringComparison.Ordinal)]}')");

        var space = a.OptionalText(1);
        var context = a.Node;
        if (context.Project.Macros.Dispatch(context.Package, name, space) is { } macro)
            return context.Bind(macro);

        throw new DiagnosticException(
            ContextDiagnostics.DispatchFailed(a.Context.Span, name, context.Project.Macros.DispatchCandidates(name, space), a.Context.Trail));
    }

    private static object? Commit(BoundArguments a)
    {
        if (a.Node.Execute)
            a.Node.Ask().Commit();

        return "";
    }

    private static object AddQuery(BoundArguments a)
    {
        Begin(a, isWanted: a.Boolean(1, otherwise: true));
        Run(a, QueryBindings.Fill(a.Text(0), a[2] as IEnumerable<object?>));
        return new JinjaTuple(null, null);
    }

    private static void Begin(BoundArguments a, bool isWanted)
    {
        if (isWanted && a.Node.Execute)
            a.Node.Ask().Begin();
    }

    private static object Execute(BoundArguments a)
    {
        Begin(a, isWanted: a.Boolean(1, otherwise: false));
        var result = Run(a, a.Text(0));
        return new JinjaTuple(ResponseObject.FromStatus(result.Status), a.Boolean(2, otherwise: false) ? TableObject.From(result) : TableObject.Empty);
    }
}

using Models.Diagnostics;
using Models.Jinja.Rendering;

namespace Models.Rendering.Context.Functions;

/// <summary>The <c>exceptions</c> of templates. Source: docs.getdbt.com/reference/dbt-jinja-functions/exceptions.</summary>
internal static class ExceptionFunctions
{
    public static HostNamespace Namespace { get; } = HostNamespace.Of("exceptions",
        new("raise_compiler_error(msg, node?)", a => throw Raise(a, a.Text(0))),
        new("raise_not_implemented(msg)", a => throw Raise(a, $"not implemented: {a.Text(0)}")),
        new("raise_database_error(msg, node?)", a => throw Raise(a, a.Text(0))),
        new("raise_parsing_error(msg, node?)", a => throw Raise(a, a.Text(0))),
        new("raise_dependency_error(msg)", a => throw Raise(a, a.Text(0))),
        new("raise_fail_fast_error(msg, **)", a => throw Raise(a, a.Text(0))),
        new("missing_config(model, name)", a => throw Raise(a, $"the model '{NameOf(a, 0)}' must set '{a.Text(1)}' in its configuration")),
        new("missing_materialization(model, adapter_type?)", a => throw Raise(a, $"there is no materialization for the model '{NameOf(a, 0)}'")),
        new("missing_relation(relation, model?)", a => throw Raise(a, $"there is no relation {a.Text(0)}")),
        new("relation_wrong_type(relation, expected_type, model?)", a => throw Raise(a,
            $"{a.Text(0)} is a {PythonText.Str(a.Context.GetAttribute(a[0], "type"))}, but a {a.Text(1)} was expected; drop or rename it")),
        new("invalid_materialization_argument(name, argument)", a => throw Raise(a, $"the materialization '{a.Text(0)}' does not take '{a.Text(1)}'")),
        new("column_type_missing(column_names)", a => throw Raise(a, $"the contract needs a data_type for {a.Text(0)}")),
        new("raise_contract_error(yaml_columns, sql_columns)", a => throw Raise(a, "the columns the model produces are not those its contract declares")),
        new("raise_duplicate_resource_name(node_1, node_2)", a => throw Raise(a, $"'{NameOf(a, 0)}' is defined twice")),
        new("raise_ambiguous_alias(node_1, node_2, duped_name?)", a => throw Raise(a, $"'{NameOf(a, 0)}' and '{NameOf(a, 1)}' have the same alias")),
        new("raise_ambiguous_catalog_match(unique_id, match_1, match_2)", a => throw Raise(a, $"two relations match '{a.Text(0)}'")),
        new("ref_bad_context(model, args)", a => throw Raise(a, "ref is called where nothing can be read")),
        new("ref_invalid_args(model, args)", a => throw Raise(a, "ref takes one or two names")),
        new("raise_cache_inconsistent(message)", a => throw Raise(a, a.Text(0))),
        new("warn(msg)", Warn),
        new("warn_or_error(msg, **)", Warn),
        new("warn_snapshot_timestamp_data_types(snapshot_time_data_type, updated_at_data_type)", a =>
            Warn(a, $"the snapshot's time is a {a.Text(0)}, its updated_at a {a.Text(1)}; cast updated_at to {a.Text(0)}")));

    private static DiagnosticException Raise(BoundArguments a, string message) =>
        new(ContextDiagnostics.Raised(a.Context.Span, message, a.Context.Trail));

    private static object Warn(BoundArguments a) => Warn(a, a.Text(0));

    private static object Warn(BoundArguments a, string message)
    {
        var warned = ContextDiagnostics.Warned(a.Context.Span, message, a.Context.Trail);
        if (a.Node.Project.Options.Warnings.IsError(warned.Id))
            throw new DiagnosticException(a.Node.Project.Options.Warnings.Apply([warned]).Single());

        a.Node.MarkVolatile();
        a.Node.Diagnostics.Add(warned);
        return "";
    }

    private static string NameOf(BoundArguments a, int index) => a.Context.GetAttribute(a[index], "name") is string name ? name : a.Text(index);
}

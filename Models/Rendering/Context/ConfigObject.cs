using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Graph;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context;

/// <summary>
/// The <c>config</c> of templates. While parsing, a call records settings and reads return defaults; afterwards a call has no effect and reads return
/// the merged settings. Source: docs.getdbt.com/reference/dbt-jinja-functions/config.
/// </summary>
internal sealed class ConfigObject(NodeContext context) : IJinjaObject, IJinjaCallable
{
    public object? Call(CallContext call, CallArguments arguments)
    {
        if (arguments.Positional.Count > 1 || (arguments.Positional.Count == 1 && arguments.Positional[0] is not JinjaDict))
            throw call.ArgumentError("'config' takes settings by name, as in config(materialized='table')");

        if (context.Capture is { } capture)
        {
            List<KeyValuePair<string, object?>> given = [.. arguments.Keyword];
            if (arguments.Positional is [JinjaDict settings])
                given.InsertRange(0, settings.Select(s => new KeyValuePair<string, object?>(PythonText.Str(s.Key), s.Value)));
            foreach (var (python, yaml) in ((string, string)[])[("pre_hook", "pre-hook"), ("post_hook", "post-hook")])
            {
                if (given.Exists(s => s.Key == python) && given.Exists(s => s.Key == yaml))
                    throw new DiagnosticException(ContextDiagnostics.ConflictingKeys(call.Span, python, yaml, call.Trail));
            }

            foreach (var (key, value) in given)
            {
                if (FiniteValue.Mistake(value) is { } mistake)
                    throw call.ValueError($"'{key}': {mistake}");
            }

            capture.Config.AddRange(given);
        }

        return "";
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new HostFunction("get(name, default?, validator?)", a => Get(a.Text(0), a[1])),
            "require" => new HostFunction("require(name, validator?)", Require),
            "set" => new HostFunction("set(name, value)", Set),
            "meta_get" => new HostFunction("meta_get(name, default?, validator?)", a => MetaOf(a.Text(0), out var found) ? found : a[1]),
            "meta_require" =>
                new HostFunction("meta_require(name, validator?)", a => !context.Execute || MetaOf(a.Text(0), out _) ? Meta(a.Text(0)) : throw Missing(a)),
            "persist_relation_docs" => new HostFunction("persist_relation_docs()", _ => PersistDocs("relation")),
            "persist_column_docs" => new HostFunction("persist_column_docs()", _ => PersistDocs("columns")),
            "model" => context.Model,
            _ => context.Execute && context.Config is { } config && config.TryGet(name, out var setting) ? setting : null,
        };
        return value is not null || (context.Config?.TryGet(name, out _) ?? false);
    }

    public override string ToString() => "";

    private object? Get(string name, object? otherwise)
    {
        if (!context.Execute)
            return context.Capture is null ? otherwise : "";

        if (name == SnapshotColumnNames.Setting && context.Node is SnapshotNode snapshot)
            return SnapshotColumnNames.Of(snapshot);

        if (context.Config is not { } config || !config.TryGet(Key(name), out var value))
            return otherwise;

        // copies defaults, which all nodes share, because a template may modify the value
        return value switch
        {
            JinjaList { Count: 0 } => new JinjaList(),
            JinjaDict { Count: 0 } => new JinjaDict(),
            _ => value,
        };
    }

    private object? Require(BoundArguments a)
    {
        if (!context.Execute)
            return "";

        return context.Config is { } config && config.TryGet(Key(a.Text(0)), out var value) ? value : throw Missing(a);
    }

    private string Set(BoundArguments a)
    {
        if (FiniteValue.Mistake(a[1]) is { } mistake)
            throw a.Context.ValueError($"'{a.Text(0)}': {mistake}");

        if (context.Capture is { } capture)
            capture.Config.Add(new(a.Text(0), a[1]));
        else
        {
            context.MarkVolatile();
            context.SetConfig(Key(a.Text(0)), a[1]);
        }

        return "";
    }

    private bool MetaOf(string name, out object? value)
    {
        value = null;
        return context.Config is { } config && config.TryGet("meta", out var meta) && meta is JinjaDict dict && dict.TryGetValue(name, out value);
    }

    private object? Meta(string name) => MetaOf(name, out var value) ? value : "";

    private object PersistDocs(string what) =>
        context.Config is { } config && config.TryGet("persist_docs", out var value) && value is JinjaDict docs
        && docs.TryGetValue(what, out var wanted) && wanted is true;

    private DiagnosticException Missing(BoundArguments a) =>
        new(ContextDiagnostics.MissingConfig(a.Context.Span, context.Node?.Name ?? "", a.Text(0), a.Context.Trail));

    private static string Key(string name) => name switch
    {
        "pre_hook" => ConfigMerge.PreHook,
        "post_hook" => ConfigMerge.PostHook,
        _ => name,
    };
}

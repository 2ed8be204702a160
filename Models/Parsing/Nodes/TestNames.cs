using System.Text;
using System.Text.RegularExpressions;
using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Parsing.Nodes;

/// <summary>Computes the same names and ids for generic tests as dbt, because selections and stored failures depend on them.</summary>
internal static partial class TestNames
{
    private const int MaximumLength = 63;
    private const int TruncatedLength = 30;
    private const int DigestLength = 10;

    /// <param name="identifier">Namespace, test and node, joined by underscores.</param>
    /// <param name="arguments">The test's arguments; <c>model</c> is ignored.</param>
    /// <returns>The name within PostgreSQL's length limit, and the full name.</returns>
    public static (string Short, string Full) Synthesize(string identifier, IReadOnlyDictionary<string, object?> arguments)
    {
        var parts = new List<string>();
        foreach (var key in arguments.Keys.Order(StringComparer.Ordinal))
        {
            if (key == "model")
                continue;

            IEnumerable<object?> values = arguments[key] switch
            {
                JinjaDict dict => dict.Values,
                JinjaList list => list,
                JinjaTuple tuple => tuple,
                var single => [single],
            };
            foreach (var value in values)
                parts.Add(NotInIdentifier().Replace(PythonText.Str(value), "_"));
        }

        var full = $"{identifier}_{string.Join("__", parts)}";
        return full.Length > MaximumLength ? ($"{Start(identifier)}_{GeneralFunctions.Md5(full)}", full) : (full, full);
    }

    /// <summary>The hash at the end of a generic test's unique id.</summary>
    public static string Digest(string fullName, string? testNamespace, string name, IReadOnlyDictionary<string, object?> arguments)
    {
        var text = new StringBuilder(fullName).Append("{'kwargs': {");
        var first = true;
        foreach (var key in arguments.Keys.Order(StringComparer.Ordinal))
        {
            if (!first)
                text.Append(", ");
            first = false;
            text.Append(PythonText.Quote(key)).Append(": ");
            AppendHashable(text, arguments[key]);
        }

        text.Append("}, 'name': ").Append(PythonText.Quote(name)).Append(", 'namespace': ").Append(PythonText.Quote(testNamespace ?? "None")).Append('}');
        return GeneralFunctions.Md5(text.ToString())[^DigestLength..];
    }

    /// <summary>Appends values as text, and mappings sorted by key.</summary>
    private static void AppendHashable(StringBuilder text, object? value)
    {
        switch (value)
        {
            case JinjaDict dict:
                text.Append('{').AppendJoin(", ", dict.OrderBy(e => PythonText.Str(e.Key), StringComparer.Ordinal)
                    .Select(e => $"{PythonText.Repr(e.Key)}: {Hashable(e.Value)}")).Append('}');
                break;
            case JinjaList list:
                text.Append('[').AppendJoin(", ", list.Select(Hashable)).Append(']');
                break;
            default:
                text.Append(PythonText.Quote(PythonText.Str(value)));
                break;
        }
    }

    private static string Hashable(object? value)
    {
        var text = new StringBuilder();
        AppendHashable(text, value);
        return text.ToString();
    }

    private static string Start(string identifier) => identifier.Length > TruncatedLength ? identifier[..TruncatedLength] : identifier;

    [GeneratedRegex("[^0-9a-zA-Z_]+")]
    private static partial Regex NotInIdentifier();
}

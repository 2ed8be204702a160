using System.Security.Cryptography;
using System.Text;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Yaml;

namespace Models.Rendering.Context.Functions;

/// <summary>Functions that read variables, convert and print. Source: docs.getdbt.com/reference/dbt-jinja-functions.</summary>
internal static class GeneralFunctions
{
    private const string SecretPrefix = "DBT_ENV_SECRET";
    private const string LegacySecretPrefix = "DBT_SECRET";

    public static IReadOnlyDictionary<string, object?> All { get; } = new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["var"] = new VarFunction(),
        ["env_var"] = new HostFunction("env_var(name, default?)", EnvVar),
        ["tojson"] = new HostFunction("tojson(value, default?, sort_keys?)", ToJson),
        ["fromjson"] = new HostFunction("fromjson(string, default?)", FromJson),
        ["toyaml"] = new HostFunction("toyaml(value, default?, sort_keys?)", ToYaml),
        ["fromyaml"] = new HostFunction("fromyaml(value, default?)", FromYaml),
        ["set"] = new HostFunction("set(value, default?)", a => ToSet(a, strict: false)),
        ["set_strict"] = new HostFunction("set_strict(value)", a => ToSet(a, strict: true)),
        ["zip"] = new HostFunction("zip(*, **)", a => Zip(a)),
        ["zip_strict"] = new HostFunction("zip_strict(*)", a => Zip(a)),
        ["print"] = new HostFunction("print(msg)", Print),
        ["log"] = new HostFunction("log(msg, info?)", Log),
        ["local_md5"] = new HostFunction("local_md5(value)", a => Md5(a.Text(0))),
        ["diff_of_two_dicts"] = new HostFunction("diff_of_two_dicts(dict_a, dict_b)", DifferenceOfDicts),
        ["render"] = new HostFunction("render(text)", Render),
        ["write"] = new HostFunction("write(payload)", a => { a.Node.Written = a.Text(0); return ""; }),
        ["try_or_compiler_error"] = new HostFunction("try_or_compiler_error(message, func, *, **)", TryOrError),
        ["debug"] = new HostFunction("debug(*)", _ => ""),
    };

    public static string Md5(string text) =>
#pragma warning disable CA5351 // dbt's names contain MD5 digests, which have no security purpose
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private static string EnvVar(BoundArguments a)
    {
        var name = a.Text(0);
        if ((name.StartsWith(SecretPrefix, StringComparison.Ordinal) || name.StartsWith(LegacySecretPrefix, StringComparison.Ordinal))
            && !a.Node.MayReadSecrets)
            throw new DiagnosticException(ContextDiagnostics.MisplacedSecret(a.Context.Span, name, a.Context.Trail));

        if (a.Node.Mode.EnvironmentVariables.TryGetValue(name, out var overridden))
            return overridden;
        if (a.Node.Project.Options.IgnoresUser && a.Has(1) && name is ("USER" or "USERNAME" or "LOGNAME"))
            return a.Text(1);

        a.Node.Project.Options.EnvironmentRead.TryAdd(name, name);
        if (!a.Node.MayReadSecrets)
            a.Node.Project.Options.Reads.Environment.TryAdd(name, name);

        if (Environment.GetEnvironmentVariable(name) is { } value)
            return value;
        if (a.Has(1))
            return a.Text(1);

        throw new DiagnosticException(ContextDiagnostics.MissingEnvironmentVariable(a.Context.Span, name, a.Context.Trail));
    }

    private static object? ToJson(BoundArguments a)
    {
        try
        {
            return JsonText.Write(a[0], indent: null, a.Boolean(2, otherwise: false));
        }
        catch (FormatException)
        {
            return a[1];
        }
    }

    private static object? FromJson(BoundArguments a)
    {
        if (Json.TryParse(a.Text(0), out var value))
            return value;

        return a.Has(1) ? a[1] : null;
    }

    private static object? ToYaml(BoundArguments a) => FiniteValue.Mistake(a[0]) is { } mistake
        ? throw a.Context.ValueError(mistake)
        : YamlText.CanWrite(a[0]) ? YamlText.Write(a[0], a.Boolean(2, otherwise: false)) : a[1];

    private static object? FromYaml(BoundArguments a)
    {
        var found = new DiagnosticBag();
        var value = YamlReader.Read(new SourceText("yaml", a.Text(0)), found);
        return found.HasErrors ? a[1] : value?.ToTemplateValue();
    }

    private static object? ToSet(BoundArguments a, bool strict)
    {
        if (strict || a[0] is IEnumerable<object?> or JinjaDict or string)
            return new JinjaSet(a.Context.Iterate(a[0]));

        return a[1];
    }

    private static JinjaList Zip(BoundArguments a)
    {
        var columns = a.More.Select(m => a.Context.Iterate(m).ToList()).ToList();
        var rows = new JinjaList();
        var length = columns.Count == 0 ? 0 : columns.Min(c => c.Count);
        for (var i = 0; i < length; i++)
            rows.Add(new JinjaTuple([.. columns.Select(c => c[i])]));

        return rows;
    }

    private static string Print(BoundArguments a)
    {
        a.Node.MarkVolatile();
        a.Node.Project.Print(a.Context.Print(a.Raw(0)));
        return "";
    }

    private static string Log(BoundArguments a)
    {
        a.Node.MarkVolatile();
        a.Node.Project.Log(a.Context.Print(a.Raw(0)), a.Boolean(1, otherwise: false));
        return "";
    }

    /// <summary>The entries of the first dict that the second lacks, key by key, ignoring letter case, as dbt compares grants.</summary>
    private static JinjaDict DifferenceOfDicts(BoundArguments a)
    {
        var difference = new JinjaDict();
        if (a[0] is not JinjaDict left || a[1] is not JinjaDict right)
            throw a.Context.ArgumentError("'diff_of_two_dicts' takes two dicts");

        var known = right.ToDictionary(e => PythonText.Str(e.Key), e => Lower(e.Value), StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in left)
        {
            var others = known.GetValueOrDefault(PythonText.Str(key)) ?? [];
            var missing = new JinjaList(((value as IEnumerable<object?>) ?? []).Where(v => !others.Contains(PythonText.Str(v))));
            if (missing.Count > 0)
                difference[key] = missing;
        }

        return difference;
    }

    private static HashSet<string> Lower(object? value) =>
        new(((value as IEnumerable<object?>) ?? []).Select(PythonText.Str), StringComparer.OrdinalIgnoreCase);

    private static string Render(BoundArguments a)
    {
        var text = a.Text(0);
        return text.Contains('{', StringComparison.Ordinal)
            ? a.Context.Render(TextTemplate.Parse(text, a.Context.Span), a.Node)
            : text;
    }

    private static object? TryOrError(BoundArguments a)
    {
        try
        {
            return a.Context.Call(a[1], new CallArguments(a.More, a.Keywords));
        }
        catch (DiagnosticException)
        {
            throw new DiagnosticException(ContextDiagnostics.Raised(a.Context.Span, a.Text(0), a.Context.Trail));
        }
    }
}

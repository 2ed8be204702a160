using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Parsing.Packages;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes;

/// <summary>Reads the functions of a package. Source: docs.getdbt.com/docs/build/udfs, and dbt-core 1.12 for overloads.</summary>
internal sealed class FunctionReader(ParseSession session, PackageFiles package)
{
    private readonly string _name = package.Project.Name;

    /// <summary>The files that are overloads of another function, and that function.</summary>
    private readonly Dictionary<string, string> _ownersOfFiles = new(StringComparer.Ordinal);

    public void Read()
    {
        FindOverloads();
        foreach (var file in package.Functions)
        {
            if (!_ownersOfFiles.ContainsKey(file.Stem))
                Read(file);
        }
    }

    private void FindOverloads()
    {
        foreach (var properties in session.Properties.Section("functions").Where(p => p.File.Package.Name == _name))
        {
            foreach (var overload in Overloads(properties))
            {
                if (properties.File.Text(overload["defined_in"]) is not { } file)
                    Report(overload.Span, $"an overload of the function '{properties.Name}' has no 'defined_in'; name the file of its body");
                else if (file == properties.Name)
                    Report(overload.Span, $"Function '{properties.Name}' cannot list itself in overloads (defined_in: '{file}').");
                else if (!_ownersOfFiles.TryAdd(file, properties.Name))
                    Report(overload.Span, $"Function overload '{file}' (defined_in) is already used by '{_ownersOfFiles[file]}'. " +
                        "Each overload file can only belong to one root function.");
            }
        }
    }

    private void Read(ProjectFilePath file)
    {
        if (Body(file) is not { } source)
            return;

        var name = file.Stem;
        var function = new FunctionNode
        {
            UniqueId = $"function.{_name}.{name}",
            Name = name,
            PackageName = _name,
            OriginalFilePath = file.Relative,
            PathInFolder = file.BelowFolder,
            Span = SourceSpan.WholeFile(file.Absolute),
            Fqn = ParseSession.Fqn(_name, file.BelowFolder, name),
            Source = source,
            Relation = session.Provisional(name),
            LazyTemplate = new(TemplateReader.Read(source, session.Diagnostics)),
        };
        var properties = session.Properties.Find(_name, "functions", name);
        function = Declare(session.Configure(function, package.Project, properties), properties);
        (function, var capture) = session.Capture(function);
        function = session.Configure(function, package.Project, properties, capture);
        foreach (var overload in function.Variants.Skip(1).ToList())
        {
            // an overload adds to what the ones before it read
            var (read, _) = session.Capture(overload with
            {
                Refs = function.Refs, SourceRefs = function.SourceRefs, FunctionRefs = function.FunctionRefs, DependsOnMacros = function.DependsOnMacros,
                DirectMacros = function.DirectMacros,
            });
            function = function with
            {
                Refs = read.Refs, SourceRefs = read.SourceRefs, FunctionRefs = read.FunctionRefs, DependsOnMacros = read.DependsOnMacros,
                DirectMacros = read.DirectMacros,
            };
        }

        Check(function, properties);
        session.Add(session.Name(session.CaptureHooks(ParseSession.Describe(function, properties))));
    }

    /// <summary>Reads a body; null, and a diagnostic, if it is in a language that PostgreSQL does not run.</summary>
    private SourceText? Body(ProjectFilePath file)
    {
        if (file.Relative.EndsWith(".js", StringComparison.OrdinalIgnoreCase))
        {
            Report(SourceSpan.WholeFile(file.Absolute), $"Function '{file.Stem}' uses JavaScript, which is not supported on 'postgres'; write it in SQL");
            return null;
        }

        if (file.Relative.EndsWith(".py", StringComparison.OrdinalIgnoreCase))
        {
            Report(SourceSpan.WholeFile(file.Absolute), $"Function '{file.Stem}' uses Python, which is not supported on 'postgres'; write it in SQL");
            return null;
        }

        return SourceFile.Read(file.Absolute, session.Diagnostics);
    }

    private FunctionNode Declare(FunctionNode function, NodeProperties? properties) => properties is null
        ? function
        : function with
        {
            Arguments = Arguments(properties, properties.Yaml),
            Returns = Returns(properties, properties.Yaml) ?? function.Returns,
            Overloads = [.. Overloads(properties).Select(o => Overload(properties, o)).OfType<FunctionOverload>()],
        };

    private FunctionOverload? Overload(NodeProperties properties, YamlMapping overload)
    {
        // reported when the overloads were found
        if (properties.File.Text(overload["defined_in"]) is not { } name || _ownersOfFiles.GetValueOrDefault(name) != properties.Name)
            return null;

        if (package.Functions.FirstOrDefault(f => f.Stem == name) is not { } file)
        {
            Report(overload.Span, $"Function overload '{name}' (defined_in) not found. Expected a SQL file at functions/{name}.sql");
            return null;
        }

        return Body(file) is { } source
            ? new FunctionOverload(
                name, Arguments(properties, overload), Returns(properties, overload), properties.File.Text(overload["description"]), source)
            : null;
    }

    private IReadOnlyList<FunctionArgument> Arguments(NodeProperties properties, YamlMapping declared)
    {
        var arguments = new List<FunctionArgument>();
        foreach (var entry in (declared["arguments"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (properties.File.Text(entry["name"]) is not { Length: > 0 } name)
            {
                session.Diagnostics.Add(ProjectDiagnostics.MissingKey(entry.Span, $"an argument of the function '{properties.Name}'", "name"));
                continue;
            }

            if (properties.File.Text(entry["data_type"]) is not { Length: > 0 } type)
            {
                session.Diagnostics.Add(
                    ProjectDiagnostics.MissingKey(entry.Span, $"the argument '{name}' of the function '{properties.Name}'", "data_type"));
                continue;
            }

            var value = properties.File.Value(entry["default_value"]);
            if (value is null && arguments.Exists(a => a.Default is not null))
                Report(entry.Span, $"Non-defaulted argument '{name}' of function '{properties.Name}' comes after a defaulted argument. " +
                    "Non-defaulted arguments cannot come after defaulted arguments.");
            arguments.Add(new FunctionArgument(name, type, properties.File.Text(entry["description"]), value));
        }

        return arguments;
    }

    private static FunctionReturns? Returns(NodeProperties properties, YamlMapping declared) =>
        declared["returns"] is YamlMapping returns && properties.File.Text(returns["data_type"]) is { Length: > 0 } type
            ? new FunctionReturns(type, properties.File.Text(returns["description"]))
            : null;

    private void Check(FunctionNode function, NodeProperties? properties)
    {
        if (!function.Config.Enabled)
            return;

        if (function.Returns.DataType.Length == 0)
            Report(properties?.NameSpan ?? function.Span, $"the function '{function.Name}' has no 'returns' with a 'data_type'; " +
                "declare it under 'functions' in a properties file");
        if (function.Config.GetString("type") is { } kind and not "scalar")
            session.Diagnostics.Add(ProjectDiagnostics.InvalidValue(
                function.Span, kind, "type", $"'scalar' for the function '{function.Name}', the only kind that can be built on PostgreSQL"));
        if (function.Config.GetString("volatility") is { } volatility and not ("deterministic" or "stable" or "non-deterministic"))
            session.Diagnostics.Add(ProjectDiagnostics.InvalidValue(
                function.Span, volatility, "volatility", $"'deterministic', 'stable' or 'non-deterministic' for the function '{function.Name}'"));
    }

    private static IEnumerable<YamlMapping> Overloads(NodeProperties properties) =>
        (properties.Yaml["overloads"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];

    private void Report(SourceSpan place, string problem) => session.Diagnostics.Add(ProjectDiagnostics.InvalidFunction(place, problem));
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;
using Models.Rendering.Context;
using Models.Rendering.Macros;

namespace Models.Parsing.Nodes;

/// <summary>Creates test nodes from the tests that properties files declare on nodes and columns.</summary>
internal sealed partial class GenericTestReader(ParseSession session)
{
    private readonly ConcurrentDictionary<string, Template> _templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Package, string Name), IReadOnlyList<string>?> _builtIn = new();

    /// <summary>Reads the tests of all nodes parsed so far.</summary>
    public void Read()
    {
        var tested = session.Nodes.OfType<RelationNode>().Where(n => n is ModelNode or SeedNode or SnapshotNode).ToList();
        Parallel.ForEach(tested, session.Parallelism, ReadNode);
        var sources = session.Nodes.OfType<SourceNode>().DistinctBy(s => s.UniqueId).ToDictionary(s => s.UniqueId, StringComparer.Ordinal);
        foreach (var source in session.Properties.Sources)
            ReadSource(source, sources);
    }

    /// <summary>Parses the template of a generic test: a call of its macro.</summary>
    public static Template ParseCall(string macro) =>
        TemplateReader.Read(new SourceText(macro, $"{{{{ {macro}(**_dbt_generic_test_kwargs) }}}}"), new DiagnosticBag());

    private void ReadNode(RelationNode node)
    {
        // tests may be declared in any of these sections; other properties must be in the section of the node's own type
        string[] sections = node switch { ModelNode => ["models", "seeds", "snapshots"], SeedNode => ["seeds", "models"], _ => ["snapshots", "models"] };
        if (sections.Select(section => session.Properties.Find(node.PackageName, section, node.Name))
            .FirstOrDefault(found => found is not null) is not { } properties)
            return;

        var model = node as ModelNode;
        var version = model?.Version is null ? null : properties.Versions().FirstOrDefault(v => v.Version == model.Version);
        var target = new GenericTestTarget(node, properties.File)
        {
            TestedName = model?.Version is { } number ? $"{node.Name}_v{number}" : node.Name,
            ModelArgument = model?.Version is { } asked ? $"ref('{node.Name}', version='{asked}')" : $"ref('{node.Name}')",
            Reference = new NodeReference(node.Name, Package: null, model?.Version, node.Span),
        };
        ReadTests(target, version?.Yaml["data_tests"] ?? version?.Yaml["tests"] ?? properties.Yaml["data_tests"] ?? properties.Yaml["tests"]);
        ReadColumns(target, properties.Yaml["columns"], version?.Yaml["columns"]);
    }

    private void ReadSource(NodeProperties source, Dictionary<string, SourceNode> sources)
    {
        if (source.Yaml["tables"] is not YamlSequence tables)
            return;

        foreach (var table in tables.Items.OfType<YamlMapping>())
        {
            if (source.File.Text(table["name"]) is not { } name
                || !sources.TryGetValue($"source.{source.File.Package.Name}.{source.Name}.{name}", out var node))
                continue;

            var target = new GenericTestTarget(node, source.File)
            {
                TestedName = $"{source.Name}_{name}",
                ModelArgument = $"source('{source.Name}', '{name}')",
                SourceReference = new SourceReference(source.Name, name, node.Span),
                Tags = node.Tags,
            };
            ReadTests(target, table["data_tests"] ?? table["tests"]);
            ReadColumns(target, table["columns"]);
        }
    }

    private void ReadColumns(GenericTestTarget target, params ReadOnlySpan<YamlValue?> lists)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = lists.Length - 1; i >= 0; i--)
        {
            if (lists[i] is not YamlSequence columns)
                continue;

            foreach (var column in columns.Items.OfType<YamlMapping>())
            {
                // a version may redefine a column; the model's tests of it then do not apply
                if (target.File.Text(column["name"]) is not { } name || !seen.Add(name))
                    continue;

                var definition = target.Node.Columns.FirstOrDefault(c => c.Name == name);
                if (definition is null && target.Node is ModelNode { Version: not null })
                    continue;

                ReadTests(target, column["data_tests"] ?? column["tests"], name, definition);
            }
        }
    }

    private void ReadTests(GenericTestTarget target, YamlValue? list, string? columnName = null, ColumnDefinition? column = null)
    {
        if (list is null or YamlScalar { IsNull: true })
            return;

        if (list is not YamlSequence tests)
        {
            session.Diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(list.Span, "data_tests", list.Kind, "a list"));
            return;
        }

        foreach (var entry in tests.Items)
        {
            if (GenericTestDeclaration.Read(entry, target.File, session.Diagnostics) is { } declaration)
                Add(target, declaration, columnName, column);
        }
    }

    private void Add(GenericTestTarget target, GenericTestDeclaration declaration, string? columnName, ColumnDefinition? column)
    {
        var package = target.File.Package;
        var arguments = declaration.Arguments;
        if (columnName is not null)
            arguments["column_name"] = column?.Quote == true ? Relation.Quote(columnName) : columnName;
        arguments["model"] = $"{{{{ get_where_subquery({target.ModelArgument}) }}}}";

        var prefix = declaration.Namespace is null ? "" : $"{declaration.Namespace}_";
        var identifier = $"{prefix}{(target.Node is SourceNode ? "source_" : "")}{declaration.Name}_{target.TestedName}";
        var (shortName, fullName) = declaration.CustomName is { } custom ? (custom, custom) : TestNames.Synthesize(identifier, arguments);
        var digest = TestNames.Digest(fullName, declaration.Namespace, declaration.Name, arguments);
        var macro = declaration.Namespace is null ? $"test_{declaration.Name}" : $"{declaration.Namespace}.test_{declaration.Name}";
        var template = _templates.GetOrAdd(macro, ParseCall);
        var test = new TestNode
        {
            UniqueId = $"test.{package.Name}.{fullName}.{digest}",
            Name = fullName,
            PackageName = package.Name,
            OriginalFilePath = target.File.Relative,
            PathInFolder = $"{shortName}.sql",
            Span = declaration.Span,
            Fqn = ParseSession.Fqn(package.Name, PropertyPaths.Below(package.AllPaths, target.File.Relative), fullName),
            Source = template.Source,
            LazyTemplate = new(template),
            TestName = declaration.Name,
            TestNamespace = declaration.Namespace,
            Arguments = arguments,
            ColumnName = columnName,
            AttachedNode = target.Node.UniqueId,
            Relation = session.Provisional(shortName),
            Description = declaration.Description,
        };
        (test, var capture) = Capture(Configure(test, target, declaration, column, shortName, capture: null), target, declaration);
        if (capture is { Config.Count: > 0 })
            test = Configure(test, target, declaration, column, shortName, capture);
        session.Add(session.Name(test));
    }

    private TestNode Configure(
        TestNode test, GenericTestTarget target, GenericTestDeclaration declaration, ColumnDefinition? column, string shortName, NodeCapture? capture)
    {
        var settings = new List<ConfigSetting>();
        if (target.Tags.Count > 0 || column is { Tags.Count: > 0 })
            settings.Add(new ConfigSetting("tags", new JinjaList([.. target.Tags, .. column?.Tags ?? []]), test.Span));
        settings.AddRange(declaration.Settings);
        if (shortName != test.Name && !settings.Exists(s => s.Key == "alias"))
            settings.Add(new ConfigSetting("alias", shortName, test.Span));
        test = session.Configure(test, target.File.Package, described: null, capture, settings);
        return target.Node.Config.Enabled ? test : test with { Config = test.Config.With("enabled", false) };
    }

    /// <summary>Returns the test with its references and with the settings that its macro makes with <c>config()</c>.</summary>
    private (TestNode Test, NodeCapture? Capture) Capture(TestNode test, GenericTestTarget target, GenericTestDeclaration declaration)
    {
        // a built-in test references only nodes in its arguments, so that it need not be rendered
        if (_builtIn.GetOrAdd(
            (test.PackageName, declaration.Namespace is null ? declaration.Name : $"{declaration.Namespace}.{declaration.Name}"), BuiltInMacros) is { } macros
            && TryReadArguments(test, target) is { } read)
        {
            // dbt does not render these two, so that it does not see that they call get_where_subquery
            List<string> direct = [$"macro.dbt.test_{declaration.Name}"];
            if (declaration.Name is not ("unique" or "not_null"))
                direct.Add("macro.dbt.get_where_subquery");
            return (read with { DependsOnMacros = macros, DirectMacros = direct }, null);
        }

        if (FindMacro(test.PackageName, declaration) is null)
        {
            var known = (
                declaration.Namespace is null ? session.Project.Macros.NamesFor(test.PackageName) : session.Project.Macros.NamesIn(declaration.Namespace))
                .Where(n => n.StartsWith("test_", StringComparison.Ordinal)).Select(n => n["test_".Length..]);
            session.Diagnostics.Add(ProjectDiagnostics.UnknownTest(test.Span, declaration.Name, known));
            return (test with { Refs = AsList(target.Reference), SourceRefs = AsList(target.SourceReference) }, null);
        }

        var capture = new NodeCapture();
        var context = new NodeContext(session.Project, test.PackageName, test, connection: null) { Capture = capture };
        try
        {
            context.SetLocal(GenericTestArguments.Name, GenericTestArguments.Render(test, context));
            test.Template!.Render(context.Renders);
        }
        catch (DiagnosticException e)
        {
            session.Diagnostics.Add(e.Diagnostic);
        }

        test = ParseSession.AddReads(test, capture, context);
        return (test with { DirectMacros = [.. test.DirectMacros.OrderBy(m => m.Contains(".test_", StringComparison.Ordinal) ? 0 : 1)] }, capture);
    }

    private static IReadOnlyList<T> AsList<T>(T? item)
        where T : class => item is null ? [] : [item];

    /// <summary>Returns a built-in test with the references in its arguments; null if an argument is more complex than a single call.</summary>
    private static TestNode? TryReadArguments(TestNode test, GenericTestTarget target)
    {
        List<NodeReference> refs = [.. AsList(target.Reference)];
        List<SourceReference> sources = [.. AsList(target.SourceReference)];
        foreach (var (key, value) in test.Arguments)
        {
            if (key is "model" or "column_name" || value is not string text)
                continue;

            if (PlainRef().Match(text) is { Success: true } reference)
                refs.Add(new NodeReference(reference.Groups[1].Value, Package: null, Version: null, test.Span));
            else if (PlainSource().Match(text) is { Success: true } source)
                sources.Add(new SourceReference(source.Groups[1].Value, source.Groups[2].Value, test.Span));
            else if (TextTemplate.IsTemplate(text) || GenericTestArguments.IsCall(text))
                return null;
        }

        return test with { Refs = refs, SourceRefs = sources };
    }

    /// <summary>The macros that a test calls if all of them are built in; otherwise null.</summary>
    private IReadOnlyList<string>? BuiltInMacros((string Package, string Name) test)
    {
        var macros = session.Project.Macros;
        if (test.Name is not ("unique" or "not_null" or "accepted_values" or "relationships"))
            return null;

        var called = new List<MacroSource?>
        {
            macros.Find(test.Package, $"test_{test.Name}"),
            macros.Dispatch(test.Package, $"test_{test.Name}", MacroIndex.BuiltInNamespace),
            macros.Find(test.Package, "get_where_subquery"),
            macros.Dispatch(test.Package, "get_where_subquery", MacroIndex.BuiltInNamespace),
        };
        return called.TrueForAll(m => m?.Definition.PackageName == MacroIndex.BuiltInNamespace)
            ? [.. called.Select(m => m!.Definition.UniqueId).Order(StringComparer.Ordinal)]
            : null;
    }

    private MacroSource? FindMacro(string package, GenericTestDeclaration test) => test.Namespace is null
        ? session.Project.Macros.Find(package, $"test_{test.Name}")
        : session.Project.Macros.FindIn(test.Namespace, $"test_{test.Name}");

    [GeneratedRegex(@"^\s*(?:\{\{\s*)?ref\(\s*['""]([^'""]+)['""]\s*\)(?:\s*\}\})?\s*$")]
    private static partial Regex PlainRef();

    [GeneratedRegex(@"^\s*(?:\{\{\s*)?source\(\s*['""]([^'""]+)['""]\s*,\s*['""]([^'""]+)['""]\s*\)(?:\s*\}\})?\s*$")]
    private static partial Regex PlainSource();
}

using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes;

/// <summary>Reads nodes that are declared only in YAML: exposures, unit tests and groups.</summary>
internal sealed class DeclarationReader(ParseSession session)
{
    public void Read()
    {
        foreach (var exposure in session.Properties.Exposures)
            ReadExposure(exposure);
        foreach (var test in session.Properties.UnitTests)
            ReadUnitTest(test);
    }

    private void ReadExposure(NodeProperties properties)
    {
        var package = properties.File.Package;
        var exposure = new ExposureNode
        {
            UniqueId = $"exposure.{package.Name}.{properties.Name}",
            Name = properties.Name,
            PackageName = package.Name,
            OriginalFilePath = properties.File.Relative,
            PathInFolder = PropertyPaths.Below(package.ModelPaths, properties.File.Relative),
            Span = properties.NameSpan,
            Fqn = ParseSession.Fqn(package.Name, PropertyPaths.Below(package.ModelPaths, properties.File.Relative), properties.Name),
            Properties = Plain(properties, "depends_on", "description"),
            Description = properties.File.Description(properties.Yaml["description"]),
        };
        exposure = session.Configure(exposure, package, properties);
        if (properties.File.Value(properties.Yaml["enabled"]) is false)
            exposure = exposure with { Config = exposure.Config.With("enabled", false) };
        var capture = new NodeCapture();
        var context = new NodeContext(session.Project, package.Name, exposure, connection: null) { Capture = capture };
        foreach (var item in properties.Yaml["depends_on"] is YamlSequence dependsOn ? dependsOn.Items : [])
        {
            if (item is YamlScalar call)
                YamlCall.Evaluate(call, properties.File, context, session.Diagnostics);
        }

        session.Add(ParseSession.AddReads(exposure, capture, context));
    }

    private void ReadUnitTest(NodeProperties properties)
    {
        var package = properties.File.Package;
        var model = properties.File.Text(properties.Yaml["model"]);
        if (model is null || properties.Yaml["given"] is null || properties.Yaml["expect"] is null)
        {
            foreach (var key in (ReadOnlySpan<string>)["model", "given", "expect"])
            {
                if (properties.Yaml[key] is null)
                    session.Diagnostics.Add(ProjectDiagnostics.MissingKey(properties.NameSpan, $"the unit test '{properties.Name}'", key));
            }

            return;
        }

        var name = UnqualifiedName(model);
        var versions = session.Nodes.OfType<ModelNode>().Where(m => m.Name == name && m.PackageName == package.Name).ToList();
        if (versions.Count == 0)
            AddUnitTest(properties, name, tested: null);
        CheckVersions(properties, versions);
        foreach (var tested in versions.Where(m => IsAsked(properties, m)))
            AddUnitTest(properties, name, tested);
    }

    private void CheckVersions(NodeProperties test, List<ModelNode> versions)
    {
        if (test.File.Value(test.Yaml["versions"]) is not JinjaDict asked)
            return;

        var included = asked.TryGetValue("include", out var include) ? TemplateItems.Texts(include).ToList() : [];
        var excluded = asked.TryGetValue("exclude", out var exclude) ? TemplateItems.Texts(exclude).ToList() : [];
        if (included.Count > 0 && excluded.Count > 0)
            session.Diagnostics.Add(
                ProjectDiagnostics.InvalidUnitTest(test.NameSpan, test.Name, "names versions to include and to exclude; keep one of the lists"));
        else if (included.Concat(excluded).FirstOrDefault(v => versions.All(m => m.Version != v)) is { } unknown && versions.Exists(m => m.Version is not null))
            session.Diagnostics.Add(ProjectDiagnostics.InvalidUnitTest(
                test.NameSpan, test.Name, $"names the version '{unknown}', which model '{versions[0].Name}' does not have; there are " +
                $"{string.Join(", ", versions.Select(m => $"'{m.Version}'"))}"));
    }

    private void AddUnitTest(NodeProperties properties, string model, ModelNode? tested)
    {
        var package = properties.File.Package;
        var version = tested?.Version is { } number ? $"_v{number}" : "";
        var test = new UnitTestNode
        {
            UniqueId = $"unit_test.{package.Name}.{model}.{properties.Name}{version}",
            Name = properties.Name,
            PackageName = package.Name,
            OriginalFilePath = properties.File.Relative,
            PathInFolder = PropertyPaths.Below(package.ModelPaths, properties.File.Relative),
            Span = properties.NameSpan,
            Fqn = ParseSession.Fqn(package.Name, PropertyPaths.Below(package.ModelPaths, properties.File.Relative), model, properties.Name),
            Model = tested?.UniqueId ?? $"model.{package.Name}.{model}",
            Properties = Plain(properties, "given", "description"),
            Description = properties.File.Description(properties.Yaml["description"]),
            Refs = [new NodeReference(model, Package: null, tested?.Version, properties.Yaml["model"]!.Span)],
        };
        test = session.Configure(test, package, properties);
        session.Add(tested is { Config.Enabled: false } ? test with { Config = test.Config.With("enabled", false) } : test);
    }

    /// <summary>Converts the entry to template values; the calls in <c>depends_on</c> and <c>given</c> stay unrendered.</summary>
    private static Dictionary<string, object?> Plain(NodeProperties properties, params ReadOnlySpan<string> raw)
    {
        var plain = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in properties.Yaml.Entries)
            plain[entry.Key] = raw.Contains(entry.Key) ? entry.Value.ToTemplateValue() : properties.File.Value(entry.Value);

        return plain;
    }

    /// <summary>A unit test refers to its model by name or by a ref.</summary>
    private static string UnqualifiedName(string model)
    {
        var text = model.Trim();
        return text.StartsWith("ref(", StringComparison.Ordinal) ? text["ref(".Length..].TrimEnd(')').Trim().Trim('\'', '"') : text;
    }

    private static bool IsAsked(NodeProperties test, ModelNode model)
    {
        if (model.Version is null || test.File.Value(test.Yaml["versions"]) is not JinjaDict versions)
            return true;
        if (versions.TryGetValue("include", out var include))
            return TemplateItems.Texts(include).Contains(model.Version);

        return !versions.TryGetValue("exclude", out var exclude) || !TemplateItems.Texts(exclude).Contains(model.Version);
    }
}

using System.Globalization;
using Models.Compiler.Diagnostics;
using Models.Compiler.Graph;
using Models.Compiler.Project.Files;
using Models.Compiler.Project.Packages;
using Models.Compiler.Project.Properties;
using Models.Compiler.Project.Yaml;
using Models.Compiler.Templates;
using Models.Compiler.Templates.Rendering;

namespace Models.Compiler.Project.Nodes;

/// <summary>Reads the models of a package.</summary>
internal sealed class ModelReader(ParseSession session, PackageFiles package)
{
    private readonly Dictionary<string, (NodeProperties Properties, ModelVersion Version)> _versionFiles = FindVersionFiles(session.Properties, package.Project.Name);

    public void Read() => Parallel.ForEach(package.Models, session.Parallelism, ReadFile);

    private void ReadFile(ProjectFilePath file)
    {
        var stem = Path.GetFileNameWithoutExtension(file.Relative);
        if (file.Relative.EndsWith(".py", StringComparison.OrdinalIgnoreCase))
        {
            session.Diagnostics.Add(ProjectDiagnostics.PythonModel(SourceSpan.WholeFile(file.Absolute), stem));
            return;
        }

        if (SourceFile.Read(file.Absolute, session.Diagnostics) is not { } source)
            return;

        ModelNode model;
        NodeProperties? properties;
        if (_versionFiles.TryGetValue(stem, out var versioned))
        {
            properties = session.Properties.Find(package.Project.Name, "models", versioned.Properties.Name) ?? versioned.Properties;
            model = Create(file, source, properties.Name, versioned.Version.Version, properties.LatestVersion());
        }
        else
        {
            properties = session.Properties.Find(package.Project.Name, "models", stem);
            model = Create(file, source, stem, version: null, latestVersion: null);
        }

        model.Template = Template.Parse(source, session.Diagnostics);
        var versionSettings = versioned.Version is null ? null : new NodeProperties(properties!.File, properties.Name, versioned.Version.Yaml).Settings().ToList();
        session.Configure(model, package.Project, properties, more: versionSettings);
        var capture = session.Capture(model);
        session.Configure(model, package.Project, properties, capture, versionSettings);
        session.Describe(model, properties);
        if (properties is not null)
            Describe(model, properties, versioned.Version);
        session.Name(model);
        session.Add(model);
    }

    private ModelNode Create(ProjectFilePath file, SourceText source, string name, string? version, string? latestVersion)
    {
        var suffix = version is null ? "" : $".v{version}";
        return new ModelNode
        {
            UniqueId = $"model.{package.Project.Name}.{name}{suffix}",
            Name = name,
            PackageName = package.Project.Name,
            OriginalFilePath = file.Relative,
            PathInFolder = file.BelowFolder,
            Span = SourceSpan.WholeFile(file.Absolute),
            Fqn = version is null
                ? ParseSession.Fqn(package.Project.Name, file.BelowFolder, name)
                : ParseSession.Fqn(package.Project.Name, file.BelowFolder, name, $"v{version}"),
            Source = source,
            Relation = session.Provisional(name),
            Version = version,
            LatestVersion = latestVersion,
        };
    }

    private void Describe(ModelNode model, NodeProperties properties, ModelVersion? version)
    {
        var file = properties.File;
        model.Constraints = ColumnReader.ReadConstraints(file, version?.Yaml["constraints"] ?? properties.Yaml["constraints"]);
        model.DeprecationDate = file.Text(version?.Yaml["deprecation_date"] ?? properties.Yaml["deprecation_date"]);
        if (model.DeprecationDate is { } date)
        {
            if (DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var from))
                model.DeprecatedFrom = from;
            else
                session.Diagnostics.Add(ProjectDiagnostics.InvalidValue((version?.Yaml["deprecation_date"] ?? properties.Yaml["deprecation_date"])!.Span, date, "deprecation_date", "a date such as 2030-01-31"));
        }

        model.TimeSpine = file.Value(properties.Yaml["time_spine"]);
        model.Access = model.Config.GetString("access") ?? "protected";
        if (model.Access is not ("private" or "protected" or "public"))
        {
            var place = properties.Yaml["access"]?.Span ?? properties.NameSpan;
            session.Diagnostics.Add(ProjectDiagnostics.InvalidValue(place, model.Access, "access", "private, protected or public"));
        }

        if (version is not null)
        {
            if (version.Yaml["description"] is { } description)
                model.Description = file.Description(description);
            model.Columns = VersionColumns(file, model.Columns, version.Yaml["columns"]);
        }

        model.ContractEnforced = model.Config.TryGet("contract", out var contract) && contract is JinjaDict dict && dict.TryGetValue("enforced", out var enforced) && enforced is true;
        if (model.ContractEnforced)
            CheckContract(model, properties);
    }

    private void CheckContract(ModelNode model, NodeProperties properties)
    {
        if (model.Columns.Count == 0)
            session.Diagnostics.Add(ProjectDiagnostics.IncompleteContract(properties.NameSpan, model.Name, "its columns must be declared, each with a data_type"));
        foreach (var column in model.Columns)
        {
            if (column.DataType is null)
                session.Diagnostics.Add(ProjectDiagnostics.IncompleteContract(column.Span ?? properties.NameSpan, model.Name, $"the column '{column.Name}' needs a data_type"));
        }
    }

    /// <summary>A version's columns: those of the model that it includes, and its own. Source: docs.getdbt.com/reference/resource-properties/versions.</summary>
    private static IReadOnlyList<ColumnDefinition> VersionColumns(PropertiesFile file, IReadOnlyList<ColumnDefinition> ofModel, YamlValue? written)
    {
        if (written is not YamlSequence items)
            return ofModel;

        var selection = items.Items.OfType<YamlMapping>().FirstOrDefault(m => m["include"] is not null || m["exclude"] is not null);
        var own = ColumnReader.Read(file, items);
        if (selection is null)
            return [.. ofModel.Where(c => !own.Any(o => o.Name == c.Name)), .. own];

        var included = file.Texts(selection["include"]);
        var excluded = file.Texts(selection["exclude"]);
        var all = selection["include"] is null || included is ["*" or "all"];
        return
        [
            .. ofModel.Where(c => (all || included.Contains(c.Name)) && !excluded.Contains(c.Name) && !own.Any(o => o.Name == c.Name)),
            .. own,
        ];
    }

    private static Dictionary<string, (NodeProperties, ModelVersion)> FindVersionFiles(PropertiesIndex index, string package)
    {
        var files = new Dictionary<string, (NodeProperties, ModelVersion)>(StringComparer.Ordinal);
        foreach (var properties in index.Section("models"))
        {
            if (properties.File.Package.Name != package)
                continue;

            foreach (var version in properties.Versions())
            {
                foreach (var stem in version.DefinedIn is { } file ? [file] : (IEnumerable<string>)[$"{properties.Name}_v{version.Version}", $"{properties.Name}.v{version.Version}"])
                    files[stem] = (properties, version);
            }
        }

        return files;
    }
}

using Models.Compiler.Graph;
using Models.Compiler.Project.Configuration;
using Models.Compiler.Project.Properties;
using Models.Compiler.Project.Yaml;
using Models.Diagnostics;

namespace Models.Compiler.Project.Nodes;

/// <summary>
/// What properties files say about a model, its version's entry laid over the model's own. It does not depend on the model's file, so
/// that it holds for as long as the properties files stay the same.
/// </summary>
internal sealed record ModelDescription
{
    public required IReadOnlyList<ConfigSetting> Settings { get; init; }

    /// <summary>The model's name in the properties file.</summary>
    public required SourceSpan NameSpan { get; init; }

    /// <summary>Where a wrong access is reported.</summary>
    public required SourceSpan AccessSpan { get; init; }

    public required string PatchPath { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];

    public IReadOnlyList<ConstraintDefinition> Constraints { get; init; } = [];

    public string? DeprecationDate { get; init; }

    public object? TimeSpine { get; init; }

    public static ModelDescription Read(NodeProperties properties, ModelVersion? version, DiagnosticBag diagnostics)
    {
        var file = properties.File;
        var own = version is null ? null : new NodeProperties(file, properties.Name, version.Yaml);
        var columns = ColumnReader.Read(file, properties.Yaml["columns"]);
        var deprecation = version?.Yaml["deprecation_date"] ?? properties.Yaml["deprecation_date"];
        var date = file.Text(deprecation);
        if (date is not null && ModelNode.Moment(date) is null)
            diagnostics.Add(ProjectDiagnostics.InvalidValue(deprecation!.Span, date, "deprecation_date", "a date such as 2030-01-31"));

        return new ModelDescription
        {
            Settings = [.. properties.Settings(), .. own?.Settings() ?? []],
            NameSpan = properties.NameSpan,
            AccessSpan = properties.Yaml["access"]?.Span ?? properties.NameSpan,
            PatchPath = file.PatchPath,
            Description = file.Description(version?.Yaml["description"] ?? properties.Yaml["description"]),
            Columns = version is null ? columns : VersionColumns(file, columns, version.Yaml["columns"]),
            Constraints = ColumnReader.ReadConstraints(file, version?.Yaml["constraints"] ?? properties.Yaml["constraints"]),
            DeprecationDate = date,
            TimeSpine = file.Value(properties.Yaml["time_spine"]),
        };
    }

    /// <summary>The model with what is said about it.</summary>
    public ModelNode ApplyTo(ModelNode model) => model with
    {
        Described = this,
        Description = Description,
        PatchPath = PatchPath,
        Columns = Columns,
        Constraints = Constraints,
        DeprecationDate = DeprecationDate,
        TimeSpine = TimeSpine,
    };

    /// <summary>The description of a model from a parse record, which keeps in the description only what the model does not have.</summary>
    public ModelDescription CompletedFrom(ModelNode model) => this with
    {
        Description = model.Description,
        PatchPath = model.PatchPath ?? "",
        Columns = Columns.Count > 0 ? Columns : model.Columns,
        Constraints = model.Constraints,
        DeprecationDate = model.DeprecationDate,
        TimeSpine = model.TimeSpine,
    };

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
}

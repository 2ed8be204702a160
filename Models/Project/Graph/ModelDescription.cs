using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>
/// The properties of a model from properties files, with the properties of its version merged over those of the model. It does not depend on the
/// model's SQL file, so that it stays valid while the properties files are unchanged.
/// </summary>
internal sealed record ModelDescription
{
    public required IReadOnlyList<ConfigSetting> Settings { get; init; }

    /// <summary>The position of the model's name in the properties file.</summary>
    public required SourceSpan NameSpan { get; init; }

    /// <summary>The position at which an invalid access is reported.</summary>
    public required SourceSpan AccessSpan { get; init; }

    public required string PatchPath { get; init; }

    public string Description { get; init; } = "";

    public IReadOnlyList<ColumnDefinition> Columns { get; init; } = [];

    public ModelProperties Properties { get; init; } = ModelProperties.None;

    /// <summary>Applies the description to a model.</summary>
    public ModelNode ApplyTo(ModelNode model) => model with
    {
        Described = this,
        Description = Description,
        PatchPath = PatchPath,
        Columns = Columns,
        Properties = Properties,
    };

    /// <summary>Completes a description from the parse cache, which omits the values that the model already has.</summary>
    public ModelDescription CompletedFrom(ModelNode model) => this with
    {
        Description = model.Description,
        PatchPath = model.PatchPath ?? "",
        Columns = Columns.Count > 0 ? Columns : model.Columns,
        Properties = model.Properties,
    };
}

using Models.Diagnostics;

namespace Models.Project.Graph;

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
}

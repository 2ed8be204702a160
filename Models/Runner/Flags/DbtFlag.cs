using Models.Parsing.Files;

namespace Models.Runner.Flags;

/// <summary>A dbt flag and its names: <c>--fail-fast</c>, <c>DBT_FAIL_FAST</c>, <c>fail_fast</c>.</summary>
/// <param name="Name">The option's name without its dashes.</param>
internal sealed record DbtFlag(string Name)
{
    public string Option => $"--{Name}";

    public string Variable => $"DBT_{Name.ToUpperInvariant().Replace('-', '_')}";

    /// <summary>Its key in artifacts and under <c>flags:</c> of dbt_project.yml.</summary>
    public string Key => Name.Replace('-', '_');

    public string? Short { get; init; }

    public bool TakesValue { get; init; }

    /// <summary>Whether it is allowed under <c>flags:</c> in dbt_project.yml.</summary>
    public bool IsOfProject => ProjectFlags.Names.Contains(Key);

    /// <summary>Whether every verb accepts it, before or after its name, even if the verb ignores it.</summary>
    public bool IsGlobal { get; init; } = true;

    /// <summary>A flag that expresses the same in another way. If one of them is set, the other is used only if it is set in the same place.</summary>
    public string? ConflictsWith { get; init; }
}

using Models.Parsing.Files;

namespace Models.Runner.Cli;

/// <summary>A flag as dbt names it in each of its places: <c>--fail-fast</c>, <c>DBT_FAIL_FAST</c>, <c>fail_fast</c>.</summary>
/// <param name="Name">The option's name without its dashes.</param>
internal sealed record DbtFlag(string Name)
{
    public string Option => $"--{Name}";

    public string Variable => $"DBT_{Name.ToUpperInvariant().Replace('-', '_')}";

    /// <summary>Its key in artifacts and under <c>flags:</c> of dbt_project.yml.</summary>
    public string Key => Name.Replace('-', '_');

    public string? Short { get; init; }

    public bool TakesValue { get; init; }

    /// <summary>May stand under <c>flags:</c> of dbt_project.yml.</summary>
    public bool IsOfProject => ProjectFlags.Names.Contains(Key);

    /// <summary>Every verb takes it, before its name or after, whether it has a use for it or not.</summary>
    public bool IsGlobal { get; init; } = true;

    /// <summary>A flag that says the same in another way: where one of them is said, the other counts only if it is said in the same place.</summary>
    public string? Rival { get; init; }
}

namespace Models.Project.Graph;

/// <summary>A group of nodes with an owner. Source: docs.getdbt.com/docs/build/groups.</summary>
/// <param name="UniqueId">For example <c>group.leads.finance</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="PackageName">The package that defines it.</param>
/// <param name="OriginalFilePath">The properties file, from the package's root.</param>
/// <param name="Owner">The owner as written: <c>name</c>, <c>email</c> and so on.</param>
/// <param name="Description">What it is.</param>
public sealed record GroupDefinition(
    string UniqueId, string Name, string PackageName, string OriginalFilePath, IReadOnlyDictionary<string, object?> Owner, string Description);

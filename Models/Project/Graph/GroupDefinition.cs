namespace Models.Project.Graph;

/// <summary>A group of nodes with an owner. Source: docs.getdbt.com/docs/build/groups.</summary>
/// <param name="UniqueId">For example <c>group.leads.finance</c>.</param>
/// <param name="Name">The name of the group.</param>
/// <param name="PackageName">The package that defines it.</param>
/// <param name="OriginalFilePath">The properties file, relative to the package's root.</param>
/// <param name="Owner">The owner as written: <c>name</c>, <c>email</c> and so on.</param>
/// <param name="Description">The description of the group.</param>
public sealed record GroupDefinition(
    string UniqueId, string Name, string PackageName, string OriginalFilePath, IReadOnlyDictionary<string, object?> Owner, string Description);

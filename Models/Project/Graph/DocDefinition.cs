namespace Models.Project.Graph;

/// <summary>A docs block, as the manifest lists it.</summary>
public sealed record DocDefinition(string UniqueId, string Name, string PackageName, string OriginalFilePath, string Text);

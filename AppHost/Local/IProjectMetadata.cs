namespace Aspire.Hosting;

public interface IProjectMetadata
{
    string ProjectPath { get; }
}

/// <summary>What Local.targets writes beyond Aspire's metadata: the built program, which is run as it is.</summary>
public interface IBuiltProjectMetadata : IProjectMetadata
{
    /// <summary>The path of the project's assembly.</summary>
    string TargetPath { get; }
}

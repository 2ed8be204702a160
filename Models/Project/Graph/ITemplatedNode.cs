using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>A node whose SQL comes from a template.</summary>
public interface ITemplatedNode
{
    /// <summary>The template as written.</summary>
    SourceText Source { get; }
}

namespace Models.Jinja.Rendering.Nodes;

/// <summary>Where execution continues after a statement.</summary>
internal enum Flow
{
    /// <summary>At the next statement.</summary>
    Next,

    /// <summary>At the next iteration of the innermost loop.</summary>
    Continue,

    /// <summary>After the innermost loop.</summary>
    Break,

    /// <summary>At the caller of the macro.</summary>
    Return,
}

namespace Models.Jinja.Rendering.Nodes;

/// <summary>What runs after a statement.</summary>
internal enum Flow
{
    /// <summary>The next statement.</summary>
    Next,

    /// <summary>The next run of the innermost loop.</summary>
    Continue,

    /// <summary>What follows the innermost loop.</summary>
    Break,

    /// <summary>The caller of the macro.</summary>
    Return,
}

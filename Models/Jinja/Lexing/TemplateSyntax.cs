namespace Models.Jinja.Lexing;

/// <summary>The settings of Jinja's environment that change how a template is read.</summary>
public sealed record TemplateSyntax
{
    /// <summary>Jinja's own defaults.</summary>
    public static TemplateSyntax Jinja { get; } = new();

    /// <summary>dbt's language: <c>do</c>, <c>return</c>, and the blocks <c>test</c>, <c>materialization</c>, <c>snapshot</c> and <c>docs</c>.</summary>
    public static TemplateSyntax Dbt { get; } = new() { DbtBlocks = true, FurtherFilters = new HashSet<string>(StringComparer.Ordinal) { "is_list" } };

    public string BlockStart { get; init; } = "{%";

    public string BlockEnd { get; init; } = "%}";

    public string VariableStart { get; init; } = "{{";

    public string VariableEnd { get; init; } = "}}";

    public string CommentStart { get; init; } = "{#";

    public string CommentEnd { get; init; } = "#}";

    /// <summary>Starts a line that is a statement; null for none.</summary>
    public string? LineStatementPrefix { get; init; }

    /// <summary>Starts a comment up to the line's end; null for none.</summary>
    public string? LineCommentPrefix { get; init; }

    /// <summary>A line break after a block is dropped.</summary>
    public bool TrimBlocks { get; init; }

    /// <summary>Blanks between a line's start and a block are dropped.</summary>
    public bool LstripBlocks { get; init; }

    /// <summary>The template's last line break is kept.</summary>
    public bool KeepTrailingNewline { get; init; }

    /// <summary>Filters that whoever renders brings along; any other unknown one is a mistake of the template.</summary>
    public IReadOnlySet<string> FurtherFilters { get; init; } = new HashSet<string>();

    /// <summary>
    /// dbt's blocks and <c>return</c> are known, and a macro's name is not bound in its own file: calls of it are looked up
    /// outside, so that a root project can replace a package's macro.
    /// </summary>
    public bool DbtBlocks { get; init; }
}

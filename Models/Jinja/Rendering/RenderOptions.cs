namespace Models.Jinja.Rendering;

/// <summary>What a rendering works with.</summary>
public sealed record RenderOptions
{
    /// <summary>The names the template can use beside the built-in ones (<c>range</c>, <c>namespace</c> and so on), which it may replace.</summary>
    public IJinjaScope Globals { get; init; } = DictionaryScope.Empty;

    /// <summary>Names behind <see cref="Globals"/>, which templates imported without context see too.</summary>
    public IJinjaScope SharedGlobals { get; init; } = DictionaryScope.Empty;

    /// <summary>The host's own state, handed to host functions as <see cref="CallContext.State"/>.</summary>
    public object? State { get; init; }

    public UndefinedBehaviour Undefined { get; init; }

    /// <summary>Called where the outcome is another one each time, as a random item is.</summary>
    public Action? Unrepeatable { get; init; }

    public ITemplateLoader? Loader { get; init; }

    /// <summary>Filters and tests beside the built-in ones.</summary>
    public IReadOnlyDictionary<string, TemplateFilter> Filters { get; init; } = new Dictionary<string, TemplateFilter>();

    /// <summary>Macro calls within macro calls.</summary>
    public int MaxMacroDepth { get; init; } = 400;

    /// <summary>Items of one <c>range()</c>; Jinja's sandbox allows as many.</summary>
    public int MaxRange { get; init; } = 100_000;

    /// <summary>Loop iterations of one rendering, after which it is taken to be endless.</summary>
    public long MaxIterations { get; init; } = 20_000_000;

    /// <summary>Characters of one rendering's output and of any one text in it.</summary>
    public int MaxTextLength { get; init; } = 64_000_000;

    /// <summary>Asked between loop iterations and macro calls.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>A filter: <c>{{ value | name(arguments) }}</c>.</summary>
public delegate object? TemplateFilter(CallContext context, object? value, CallArguments arguments);

namespace Models.Jinja.Rendering;

/// <summary>The inputs and limits of a rendering.</summary>
public sealed record RenderOptions
{
    /// <summary>
    /// The names the template can use besides the built-in ones (<c>range</c>, <c>namespace</c> and so on); they take precedence over built-in names.
    /// </summary>
    public IJinjaScope Globals { get; init; } = DictionaryScope.Empty;

    /// <summary>Fallback names for <see cref="Globals"/>, which templates imported without context see too.</summary>
    public IJinjaScope SharedGlobals { get; init; } = DictionaryScope.Empty;

    /// <summary>The host's own state, available to host functions as <see cref="CallContext.State"/>.</summary>
    public object? State { get; init; }

    public UndefinedBehaviour Undefined { get; init; }

    /// <summary>Called when a result differs between renderings, such as a random item.</summary>
    public Action? Unrepeatable { get; init; }

    public ITemplateLoader? Loader { get; init; }

    /// <summary>Filters and tests besides the built-in ones.</summary>
    public IReadOnlyDictionary<string, TemplateFilter> Filters { get; init; } = new Dictionary<string, TemplateFilter>();

    /// <summary>The maximum depth of nested macro calls.</summary>
    public int MaxMacroDepth { get; init; } = 400;

    /// <summary>The maximum number of items of one <c>range()</c>, as in Jinja's sandbox.</summary>
    public int MaxRange { get; init; } = 100_000;

    /// <summary>The maximum number of loop iterations of one rendering; more count as an endless loop.</summary>
    public long MaxIterations { get; init; } = 20_000_000;

    /// <summary>The maximum number of characters of the output and of any string in a rendering.</summary>
    public int MaxTextLength { get; init; } = 64_000_000;

    /// <summary>Checked between loop iterations and macro calls.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>A filter: <c>{{ value | name(arguments) }}</c>.</summary>
public delegate object? TemplateFilter(CallContext context, object? value, CallArguments arguments);

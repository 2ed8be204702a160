using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Serving.Console.Layout;

/// <summary>
/// What every page has. It is rendered once, when <see cref="LoadAsync"/> has read everything; the request stops the queries of a reader
/// who leaves.
/// </summary>
public abstract class ConsolePage : ComponentBase
{
    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    [Inject]
    public TimeProvider Clock { get; set; } = null!;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        StateHasChanged();
    }

    protected virtual Task LoadAsync() => Task.CompletedTask;

    protected DateTimeOffset Now => Clock.GetUtcNow();

    protected CancellationToken Stop => Context.RequestAborted;

    /// <summary>The page says itself that there is no such thing; the status says so too.</summary>
    /// <remarks>Set at the last moment: a page whose status is 404 while it is rendered is left empty for other error pages.</remarks>
    protected void SetNotFound() => Context.Response.OnStarting(() =>
    {
        Context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}

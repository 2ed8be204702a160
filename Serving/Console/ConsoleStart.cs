using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serving.Console.Assets;
using Serving.Console.Catalog;
using Serving.Console.Layout;
using Serving.Console.Marts;
using Serving.Console.Quality;
using Serving.Console.Reads;
using Serving.Console.Runs;
using Serving.Console.Scores;

namespace Serving.Console;

/// <summary>The console: pages at / and below /console, rendered on the server.</summary>
public static class ConsoleStart
{
    /// <summary>The folder with the manifests; by default the one beside the program that the build fills.</summary>
    private const string ManifestsSetting = "Console:Manifests";

    /// <summary>Whether there is a console; by default in Development only, because it has no sign-in.</summary>
    private const string EnabledSetting = "Console:Enabled";

    private static readonly string FailedPage =
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <title>Leadline</title>
        <link rel="stylesheet" href="{ConsoleAssets.Style.Path}">
        <main>
            <h1>The page could not be shown</h1>
            <p>The service's log says why. <a href="/">Go to the start.</a></p>
        </main>
        </html>
        """;

    /// <summary>Adds what the pages need; the warehouse's data source and the registry of models are registered already.</summary>
    public static TBuilder AddConsole<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(new ConsoleOptions(
            builder.Configuration[ManifestsSetting] ?? Path.Combine(AppContext.BaseDirectory, "manifests")));
        builder.Services.AddSingleton<CatalogFiles>();
        builder.Services.AddSingleton<WarehouseReader>();
        builder.Services.AddSingleton<PipelineRuns>();
        builder.Services.AddSingleton<ModelRuns>();
        builder.Services.AddSingleton<QualityReader>();
        builder.Services.AddSingleton<ScoreReader>();
        builder.Services.AddSingleton<MartReader>();
        return builder;
    }

    /// <summary>Maps the pages and their assets.</summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        if (!app.Configuration.GetValue(EnabledSetting, defaultValue: app.Environment.IsDevelopment()))
            return app;

        app.UseWhen(IsPage, pages => pages.Use((context, next) => ServePageAsync(context, next, app.Logger)));
        app.UseAntiforgery();
        foreach (var asset in ConsoleAssets.All)
        {
            app.MapGet(asset.Path, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(asset.Content, asset.ContentType);
            }).ExcludeFromDescription();
        }

        app.MapMartFiles();
        app.MapRazorComponents<App>();
        return app;
    }

    private static bool IsPage(HttpContext context) =>
        context.Request.Path == ConsolePaths.Home || context.Request.Path.StartsWithSegments("/console", StringComparison.OrdinalIgnoreCase);

    /// <summary>Sets the pages' policy: nothing from elsewhere and nothing inline. A page that fails says so without its reason, which is logged.</summary>
    private static async Task ServePageAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        SetHeaders(context.Response);
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Log.PageFailed(logger, context.Request.Path, exception);
            context.Response.Clear();
            SetHeaders(context.Response);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(FailedPage);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // the reader has left
        }
    }

    private static void SetHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
    }
}

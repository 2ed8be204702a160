using Microsoft.Playwright;

namespace Serving.Console.Tests;

/// <summary>The machine's chromium, driven by Playwright; where there is none, the tests that need it are skipped.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Null where the machine has no chromium.</summary>
    public static async Task<Browser?> StartAsync()
    {
        if (s_places.FirstOrDefault(File.Exists) is not { } program)
            return null;

        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        }));
    }

    /// <summary>A page of a new profile, whose errors are kept.</summary>
    public async Task<OpenPage> OpenAsync(int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = colours,
        });
        return new OpenPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A page with what it complained about: exceptions, console errors (a refusal by the content policy is one) and dialogs.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];

    public OpenPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
        page.Dialog += (_, dialog) =>
        {
            _errors.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Errors => _errors;

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}

using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Serving.Console.Tests;

/// <summary>The pages in a real browser.</summary>
[Collection(ConsoleTests.Name)]
public sealed class BrowserTests(ConsoleFixture console)
{
    public static TheoryData<string> Pages => [.. ConsolePages.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_loads_without_errors_is_accessible_and_fits_a_phone(string path)
    {
        await using var page = await OpenAsync(path);

        var violations = (await page.Page.RunAxe()).Violations.Where(found => found.Impact is "serious" or "critical");
        violations.Select(found => $"{found.Id}: {found.Nodes[0].Html}").ShouldBeEmpty();
        await page.Page.SetViewportSizeAsync(390, 800);
        (await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(390);
        (await page.Page.Locator("main img, main script, main b, main u, main i").CountAsync()).ShouldBe(0, "a text became markup");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dark_mode_is_dark_and_as_legible()
    {
        await using var light = await OpenAsync("/");
        await using var dark = await OpenAsync("/", colours: ColorScheme.Dark);

        const string Back = "getComputedStyle(document.body).backgroundColor";
        (await dark.Page.EvaluateAsync<string>(Back)).ShouldNotBe(await light.Page.EvaluateAsync<string>(Back));
        (await dark.Page.RunAxe()).Violations.Where(found => found.Id == "color-contrast").ShouldBeEmpty();
    }

    [Fact]
    public async Task Typing_searches_and_the_results_can_be_reached_with_the_keyboard_alone()
    {
        await using var page = await OpenAsync("/console/models");

        await page.Page.Keyboard.PressAsync("Tab");
        (await page.Page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Skip to the content");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.TypeAsync("cac_with_sales");
        await page.Page.WaitForURLAsync("**/console/models?q=cac_with_sales**");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "dm_cac_per_source" })).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "dm_cac_per_source" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("h1")).ToHaveTextAsync("dm_cac_per_source");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Changing_a_value_in_the_score_explorer_moves_the_score()
    {
        await using var page = await OpenAsync("/console/scores?lead=25");
        var before = await page.Page.Locator("#score").TextContentAsync();

        await page.Page.GetByLabel("call_attempts").FillAsync("24");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Score again" }).ClickAsync();

        await Assertions.Expect(page.Page.Locator("#score")).ToContainTextAsync($"{before} as it is");
        await Assertions.Expect(page.Page.GetByLabel("call_attempts")).ToHaveValueAsync("24");
        page.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mart_is_downloaded_as_csv()
    {
        await using var page = await OpenAsync("/console/marts/model.leads.dm_cac_per_source");

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByText("Download as CSV").ClickAsync());

        download.SuggestedFilename.ShouldBe("dm_cac_per_source.csv");
        (await File.ReadAllLinesAsync(await download.PathAsync())).Length.ShouldBe(101);
    }

    [Fact]
    public async Task The_graph_moves_its_focus_when_a_node_is_clicked_and_follows_a_column()
    {
        await using var page = await OpenAsync("/console/lineage?focus=model.leads.dim_lead");

        await page.Page.Locator("a.box", new() { HasText = "stg_lead" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("a.box.focus")).ToContainTextAsync("stg_lead");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "contact_id", Exact = true }).ClickAsync();
        (await page.Page.Locator(".edge.lit").CountAsync()).ShouldBeGreaterThan(1);
        page.Errors.ShouldBeEmpty();
    }

    private async Task<OpenPage> OpenAsync(string path, int width = 1280, ColorScheme colours = ColorScheme.Light)
    {
        Assert.SkipWhen(console.Browser is null, "no chromium on this machine; .ci/run installs it");
        var page = await console.Browser!.OpenAsync(width, colours);
        await page.Page.GotoAsync(new Uri(console.Address, path).ToString());
        return page;
    }
}

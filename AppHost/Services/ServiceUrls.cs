namespace AppHost.Services;

/// <summary>The addresses that the dashboard shows.</summary>
internal static class ServiceUrls
{
    public static IResourceBuilder<ProjectResource> WithApiUrls(this IResourceBuilder<ProjectResource> api) =>
        api.WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = ("Console", "/"))
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { DisplayText = "POST /predict", Url = "/predict" })
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { DisplayText = "OpenAPI", Url = "/openapi/v1.json" })
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { DisplayText = "Models", Url = "/models" });

    public static IResourceBuilder<ProjectResource> WithWorkerUrls(this IResourceBuilder<ProjectResource> worker) =>
        worker.WithUrlForEndpoint("http", url => (url.DisplayText, url.Url) = ("Pipelines", "/pipelines"));
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Serving.Console.Catalog;

namespace Serving.Console.Marts;

/// <summary>A mart as a file.</summary>
internal static class MartFiles
{
    public static void MapMartFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/console/marts/{id}/data.csv", Download).ExcludeFromDescription();

    private static Results<PushStreamHttpResult, NotFound> Download(string id, CatalogFiles files, MartReader marts, HttpContext context) =>
        files.Catalog.Find(id) is { IsMart: true } mart
            ? TypedResults.Stream(
                stream => marts.WriteCsvAsync(mart, stream, context.RequestAborted), "text/csv; charset=utf-8", $"{mart.Name}.csv")
            : TypedResults.NotFound();
}

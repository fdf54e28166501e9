using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace SkillMeat.Server.OpenApi;

/// <summary>The OpenAPI document, which is made of the endpoints when it is asked for.</summary>
internal static class ApiDocument
{
    public const string Path = "/openapi.json";

    private const string Suffix = "Json";

    public static void AddTo(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        // The names of the records without what only the code needs.
        var usual = options.CreateSchemaReferenceId;
        options.CreateSchemaReferenceId = type => usual(type) is { } name ? Shorten(name) : null;
        options.AddDocumentTransformer(new DocumentDetails());
        options.AddOperationTransformer(new OperationDetails());
        options.AddSchemaTransformer(new SchemaDetails());
    });

    /// <summary>Names the schema of a record of the contract.</summary>
    public static string NameOf(Type type) => Shorten(type.Name);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi(Path);

    private static string Shorten(string name) => name.Replace(Suffix, "", StringComparison.Ordinal);
}

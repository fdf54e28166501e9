using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SkillMeat.Server.Access;
using SkillMeat.Server.Json;
using SkillMeat.Server.Problems;
using SkillMeat.Server.Snapshots;

namespace SkillMeat.Server.OpenApi;

/// <summary>Adds to an operation its examples, its headers and its errors.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    private const string Accepted = "202";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var path = context.Description.RelativePath ?? "";
        operation.Tags = new HashSet<OpenApiTagReference> { new(TagOf(path), context.Document) };
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? []) Describe(parameter, metadata.OfType<ParameterExample>().LastOrDefault(one => one.Name == parameter.Name));
        if (metadata.OfType<BodyExample>().FirstOrDefault() is { } example)
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? []) content.Example = JsonNode.Parse(example.Json);
        }

        var method = context.Description.HttpMethod;
        if (method is "PUT" or "PATCH" or "DELETE") AddHeader(operation, "If-Match", "The ETag of what is edited. If it was changed since, the answer is 412.");
        if (path == AccessMiddleware.HealthPath.TrimStart('/')) operation.Security = [];
        if (context.Document is not { } document) return;
        operation.Responses ??= [];
        if (metadata.OfType<JobResult>().ToList() is [_, ..] results) await DescribeResultAsync(operation.Responses, results, document, context, cancellationToken);
        foreach (var content in operation.Responses.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>()).Where(content => content.Key == SnapshotExportEndpoints.ContentType))
            content.Value.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "The error, with its id as the code.",
            Content = new Dictionary<string, OpenApiMediaType> { [Problem.MediaType] = new OpenApiMediaType { Schema = await ReferAsync(typeof(ProblemJson), document, context, cancellationToken) } },
        };
    }

    private static void Describe(OpenApiParameter parameter, ParameterExample? own)
    {
        var common = CommonParameters.Find(parameter.Name ?? "");
        // No address of the service needs a query, but lists of values are taken for needed.
        if (parameter.In == ParameterLocation.Query) parameter.Required = false;
        parameter.Description ??= own?.Description ?? common?.Description;
        var example = own?.Example ?? (parameter.In == ParameterLocation.Path ? common?.Example : null);
        if (example is not null) parameter.Example = JsonValue.Create(example);
    }

    // The schema of a job knows nothing of its result.
    private static async Task DescribeResultAsync(OpenApiResponses responses, IEnumerable<JobResult> results, OpenApiDocument document, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        List<IOpenApiSchema> choices = [new OpenApiSchema { Type = JsonSchemaType.Null }];
        foreach (var result in results)
        {
            var one = await ReferAsync(result.Type, document, context, cancellationToken);
            choices.Add(result.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = one } : one);
        }

        var detail = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["result"] = new OpenApiSchema { AnyOf = choices } } };
        foreach (var content in responses[Accepted].Content?.Values ?? []) content.Schema = new OpenApiSchema { AllOf = [content.Schema!, detail] };
    }

    private static async Task<IOpenApiSchema> ReferAsync(Type type, OpenApiDocument document, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var name = ApiDocument.NameOf(type);
        if (document.Components?.Schemas?.ContainsKey(name) != true) document.AddComponent(name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
        return new OpenApiSchemaReference(name, document);
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
    }

    // The first part of the path below the base; for parts of a collection, that part.
    private static string TagOf(string path)
    {
        var parts = path.Split('/').Where(part => part is not ("api" or "v1")).ToList();
        return parts is ["collections", _, var part, ..] ? part.Split(':')[0] : parts is [var first, ..] ? first.Split(':')[0] : "service";
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillMeat.Tests.Server.Contract;

/// <summary>An operation of the OpenAPI document, with what a client can choose about it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The address with names in braces.</param>
/// <param name="PathParameters">Its names, each with an example.</param>
/// <param name="QueryParameters">The names in the query, each with an example or null.</param>
/// <param name="Example">The example of the body, or null if there is none.</param>
internal sealed record ContractOperation(string Method, string Path, IReadOnlyList<(string Name, string Example)> PathParameters, IReadOnlyList<(string Name, string? Example)> QueryParameters, JsonNode? Example)
{
    /// <summary>Reads all operations but those that answer without an end.</summary>
    public static IReadOnlyList<ContractOperation> ReadAll(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where !operation.Value.GetProperty("responses").GetRawText().Contains("text/event-stream", StringComparison.Ordinal)
           select Read(path.Name, operation.Name.ToUpperInvariant(), operation.Value),
    ];

    private static ContractOperation Read(string path, string method, JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToList() : [];
        return new ContractOperation(
            method,
            path,
            [.. Of(parameters, "path").Select(one => (one.GetProperty("name").GetString()!, one.GetProperty("example").GetString()!))],
            [.. Of(parameters, "query").Select(one => (one.GetProperty("name").GetString()!, one.TryGetProperty("example", out var example) ? example.GetString() : null))],
            operation.TryGetProperty("requestBody", out var body) ? JsonNode.Parse(body.GetProperty("content").GetProperty("application/json").GetProperty("example").GetRawText()) : null);
    }

    private static IEnumerable<JsonElement> Of(IEnumerable<JsonElement> parameters, string place) => parameters.Where(one => one.GetProperty("in").GetString() == place);
}

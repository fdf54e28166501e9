using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub.GraphQl;

/// <summary>The GraphQL API: access, cost, and the shape of answers.</summary>
internal sealed class GraphQlEndpoint(LoopbackGitHubOptions options, RepositoryIndex repositories, RateLimits limits, string serverUrl)
{
    private const string NoToken = "This endpoint requires you to be authenticated.";
    private const string NoUserAgent = "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header.\r\n";

    private readonly GraphQlSchema _schema = new();

    /// <summary>Answers <c>/api/graphql</c>.</summary>
    public Answer Handle(LoopbackRequest request)
    {
        if (request.Header("User-Agent").Length == 0)
        {
            return Answer.Text(StatusCodes.Status403Forbidden, NoUserAgent, "text/html; charset=utf-8");
        }

        if (request.Credential != Credential.Valid)
        {
            return Answer.Error(StatusCodes.Status401Unauthorized, request.Credential == Credential.None ? NoToken : "Bad credentials");
        }

        return HttpMethods.IsPost(request.Method)
            ? Execute(request.Body).With(limits.GraphQl.Headers())
            : Answer.Error(StatusCodes.Status404NotFound, "Not Found");
    }

    /// <summary>Returns the demand of a query; null if the query cannot be executed.</summary>
    public QueryDemand? Measure(LoopbackRequest request)
    {
        using var json = TryParse(request.Body);
        if (json is not { RootElement: { ValueKind: JsonValueKind.Object } root }
            || !root.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        GraphQlDocument document;
        try
        {
            document = GraphQlParser.Parse(query.GetString()!);
        }
        catch (GraphQlSyntaxException)
        {
            return null;
        }

        var errors = GraphQlValidator.Validate(_schema, document).ToList();
        var operation = errors.Count == 0 ? ChooseOperation(document, root, errors) : null;
        var variables = operation is null ? null : ReadVariables(operation, root, errors);
        return operation is null || variables is null || errors.Count > 0 ? null : QueryCost.Of(_schema, document, operation, variables).Demand;
    }

    private static Dictionary<string, object?> ReadVariables(GraphQlOperation operation, JsonElement request, List<GraphQlError> errors) =>
        GraphQlInput.ReadVariables(operation, request.TryGetProperty("variables", out var given) ? given : null, errors);

    private Answer Execute(byte[] body)
    {
        using var json = TryParse(body);
        if (json is null)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "Problems parsing JSON");
        }

        if (json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("query", out var query) || query.ValueKind != JsonValueKind.String)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "A query attribute must be specified and must be a string.");
        }

        var text = query.GetString()!;
        GraphQlDocument document;
        try
        {
            document = GraphQlParser.Parse(text);
        }
        catch (GraphQlSyntaxException e)
        {
            return Failed(text, [new GraphQlError(e.Message) { Position = e.Position }]);
        }

        var errors = GraphQlValidator.Validate(_schema, document).ToList();
        var operation = errors.Count == 0 ? ChooseOperation(document, json.RootElement, errors) : null;
        return operation is null ? Failed(text, errors) : Execute(text, document, operation, json.RootElement);
    }

    private Answer Execute(string text, GraphQlDocument document, GraphQlOperation operation, JsonElement request)
    {
        var errors = new List<GraphQlError>();
        var variables = ReadVariables(operation, request, errors);
        if (errors.Count > 0)
        {
            return Failed(text, errors);
        }

        var cost = QueryCost.Of(_schema, document, operation, variables);
        if (cost.Nodes > options.MaxGraphQlNodes)
        {
            var message = FormattableString.Invariant(
                $"This query requests up to {cost.Nodes:N0} possible nodes which exceeds the maximum limit of {options.MaxGraphQlNodes:N0}.");
            return Failed(text, [new GraphQlError(message) { Type = "MAX_NODE_LIMIT_EXCEEDED" }]);
        }

        if (!limits.GraphQl.TryTake(cost.Points))
        {
            return Failed(text, [new GraphQlError(RateLimits.Message(Credential.Valid)) { Type = "RATE_LIMITED" }]);
        }

        if (cost.Demand.Repositories > options.MaxGraphQlRepositories || cost.Demand.Lookups > options.MaxGraphQlLookups)
        {
            return Answer.Text(StatusCodes.Status502BadGateway, FaultInjector.Page, "text/html; charset=utf-8") with { Delay = options.GraphQlTimeout };
        }

        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            var session = new QuerySession(options, repositories, limits, serverUrl, cost);
            writer.WriteStartObject();
            writer.WritePropertyName("data");
            new GraphQlExecutor(_schema, document, variables, writer, errors).WriteObject(new QueryNode(session), operation.Selections);
            GraphQlErrorWriter.Write(writer, text, errors);
            writer.WriteEndObject();
        }

        return Answer.JsonBytes(StatusCodes.Status200OK, output.WrittenMemory);
    }

    private static JsonDocument? TryParse(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var document) ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static GraphQlOperation? ChooseOperation(GraphQlDocument document, JsonElement request, List<GraphQlError> errors)
    {
        var name = request.TryGetProperty("operationName", out var element) ? element.GetString() : null;
        var chosen = string.IsNullOrEmpty(name)
            ? document.Operations.Count == 1 ? document.Operations[0] : null
            : document.Operations.FirstOrDefault(operation => operation.Name == name);
        if (chosen is null)
        {
            errors.Add(new GraphQlError(string.IsNullOrEmpty(name) ? "An operation name is required" : $"No operation named \"{name}\""));
        }

        return chosen;
    }

    private static Answer Failed(string text, IReadOnlyList<GraphQlError> errors)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            GraphQlErrorWriter.Write(writer, text, errors);
            writer.WriteEndObject();
        }

        return Answer.JsonBytes(StatusCodes.Status200OK, output.WrittenMemory);
    }
}

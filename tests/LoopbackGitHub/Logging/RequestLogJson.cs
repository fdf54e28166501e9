using System.Text.Json;
using System.Text.Json.Serialization;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The log as JSON (snake_case), for clients in another process.</summary>
internal static class RequestLogJson
{
    private static readonly JsonSerializerOptions Style = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(new KindNames()) },
    };

    public static byte[] Write(RequestLog log)
    {
        var records = log.Records;
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Total = records.Count,
                Counts = Enum.GetValues<RequestKind>().ToDictionary(
                    kind => KindNames.Of(kind.ToString()), kind => records.Count(record => record.Kind == kind)),
                log.MostAtOnce,
                Bytes = records.Sum(record => record.Bytes),
                Requests = records,
            },
            Style);
    }

    private sealed class KindNames : JsonNamingPolicy
    {
        public static string Of(string name) => SnakeCaseLower.ConvertName(name.Replace("GraphQl", "Graphql", StringComparison.Ordinal));

        public override string ConvertName(string name) => Of(name);
    }
}

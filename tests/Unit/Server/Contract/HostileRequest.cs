using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SkillMeat.Tests.Server.Contract;

/// <summary>A request that breaks the contract somewhere: address, query, headers or body.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">Path and query.</param>
/// <param name="Body">The body, or null for none.</param>
/// <param name="Headers">The headers.</param>
internal sealed record HostileRequest(string Method, string Address, byte[]? Body, IReadOnlyList<(string Name, string Value)> Headers)
{
    private const string Marker = "\"@@\"";

    /// <summary>Makes a request for an operation: often right but for one thing.</summary>
    public static HostileRequest Make(ContractOperation operation, Random random)
    {
        var address = operation.PathParameters.Aggregate(operation.Path, (path, one) => path.Replace($"{{{one.Name}}}", random.Next(3) == 0 ? One(HostileValues.Parts, random) : Uri.EscapeDataString(one.Example), StringComparison.Ordinal));
        var query = operation.QueryParameters.SelectMany(one => random.Next(4) switch
        {
            0 => [$"{one.Name}={One(HostileValues.Parts, random)}"],
            1 when one.Example is { } example => [$"{one.Name}={Uri.EscapeDataString(example)}"],
            2 when random.Next(4) == 0 => [$"{one.Name}={One(HostileValues.Parts, random)}", $"{one.Name}=", one.Name],
            _ => Array.Empty<string>(),
        }).ToList();
        if (random.Next(8) == 0) query.Add($"{One(HostileValues.Parts, random)}={One(HostileValues.Parts, random)}");
        var headers = random.Next(4) == 0 ? [One(HostileValues.Headers, random)] : Array.Empty<(string, string)>();
        return new HostileRequest(operation.Method, query.Count == 0 ? address : $"{address}?{string.Join('&', query)}", BodyOf(operation, random), headers);
    }

    /// <summary>Makes the message. The address is sent as it is.</summary>
    public HttpRequestMessage ToMessage(Uri url)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(url.GetLeftPart(UriPartial.Authority) + Address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in Headers)
        {
            if (name == "Content-Type") message.Content?.Headers.Remove(name);
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public override string ToString()
    {
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        return $"{Method} {Shorten(Address)} {string.Join(' ', Headers.Select(one => $"{one.Name}: {Shorten(one.Value)}"))} {Shorten(body)}";
    }

    private static string Shorten(string text) => text.Length < 600 ? text : $"{text[..600]}… ({text.Length})";

    private static byte[]? BodyOf(ContractOperation operation, Random random)
    {
        if (operation.Example is null) return operation.Method == "GET" || random.Next(4) > 0 ? null : One(HostileValues.Bodies, random);
        return random.Next(8) switch
        {
            0 => null,
            1 => One(HostileValues.Bodies, random),
            2 => Encoding.UTF8.GetBytes(operation.Example.ToJsonString()),
            _ => Encoding.UTF8.GetBytes(Mutate(operation.Example.DeepClone(), random)),
        };
    }

    // One value of the example, at any depth, becomes another one, is left out, or comes twice.
    private static string Mutate(JsonNode root, Random random)
    {
        var (parent, value) = (root, One(HostileValues.Json, random));
        while (true)
        {
            if (parent is JsonObject { Count: > 0 } here)
            {
                var (key, child) = here.ElementAt(random.Next(here.Count));
                if (child is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(2) == 0)
                {
                    parent = child;
                    continue;
                }

                if (random.Next(8) == 0) here.Remove(key);
                else if (random.Next(8) == 0) here["unknown"] = "@@";
                else here[key] = "@@";
                break;
            }

            if (parent is not JsonArray { Count: > 0 } list) break;
            list[random.Next(list.Count)] = "@@";
            break;
        }

        var text = root.ToJsonString();
        if (random.Next(10) == 0 && root is JsonObject { Count: > 0 } some) text = $"{text[..^1]}, \"{some.First().Key}\": {value}}}";
        return text.Replace(Marker, value, StringComparison.Ordinal);
    }

    private static T One<T>(IReadOnlyList<T> list, Random random) => list[random.Next(list.Count)];
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SkillMeat.Server.Json;

/// <summary>Writes values by the contract, on one line, as the service sends them.</summary>
internal static class ServiceJson
{
    // No answer is HTML, and browsers are told not to guess, so only the characters that JSON requires are escaped.
    private static readonly JsonContract _contract = new(new JsonSerializerOptions(JsonContract.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false });

    /// <summary>Makes options those of the contract, for the bodies of requests and the schemas of the document.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, JsonContract.Default);
        options.PropertyNamingPolicy = JsonContract.Default.Options.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        foreach (var converter in JsonContract.Default.Options.Converters) options.Converters.Add(converter);
    }

    public static byte[] BytesOf<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)_contract.GetTypeInfo(typeof(T))!);

    public static string TextOf<T>(T value) => Encoding.UTF8.GetString(BytesOf(value));

    public static RawJson RawOf<T>(T value) => new(BytesOf(value));
}

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SkillMeat.Server.Json;

/// <summary>Writes values by the contract, on one line, as the service sends them.</summary>
internal static class ServiceJson
{
    // No answer is HTML, and browsers are told not to guess, so only the characters that JSON requires are escaped.
    private static readonly JsonContract _contract = new(new JsonSerializerOptions(JsonContract.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = false });

    /// <summary>The contract, which reads the bodies of requests as well.</summary>
    public static IJsonTypeInfoResolver Resolver => JsonContract.Default;

    public static byte[] BytesOf<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)_contract.GetTypeInfo(typeof(T))!);

    public static string TextOf<T>(T value) => Encoding.UTF8.GetString(BytesOf(value));

    public static RawJson RawOf<T>(T value) => new(BytesOf(value));
}

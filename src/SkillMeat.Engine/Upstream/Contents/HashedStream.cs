using System.Security.Cryptography;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Contents;

/// <summary>A stream that hashes the bytes read through it.</summary>
/// <param name="inner">The stream to read from.</param>
/// <param name="hash">The hash that receives the bytes.</param>
internal sealed class HashedStream(Stream inner, IncrementalHash hash) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        hash.AppendData(buffer[..read]);
        return read;
    }
}

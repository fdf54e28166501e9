using System.Security.Cryptography;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Contents;

/// <summary>Hashes what is read through it.</summary>
/// <param name="inner">Where the bytes come from.</param>
/// <param name="hash">Takes them.</param>
internal sealed class HashedStream(Stream inner, IncrementalHash hash) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        hash.AppendData(buffer[..read]);
        return read;
    }
}

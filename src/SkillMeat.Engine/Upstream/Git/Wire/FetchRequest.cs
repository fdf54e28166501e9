using System.Buffers;

namespace SkillMeat.Upstream.Git.Wire;

/// <summary>The request for a pack, in version 2 (command <c>fetch</c>) and in versions 0 and 1 (gitprotocol-pack).</summary>
/// <param name="Body">The body of the request.</param>
/// <param name="OmitsBlobs">Whether the server was asked to leave out blobs, which requires the capability.</param>
internal sealed record FetchRequest(ReadOnlyMemory<byte> Body, bool OmitsBlobs)
{
    public static FetchRequest For(GitCapabilities capabilities, IReadOnlyList<GitOid> wants, GitFetchOptions options)
    {
        var body = new ArrayBufferWriter<byte>();
        var lines = new PktLineWriter(body);
        var limits = new List<string>();
        if (options.Depth is { } depth && capabilities.Shallow) limits.Add($"deepen {depth}");
        var omitsBlobs = (options.WithoutBlobs || options.WithoutTrees) && capabilities.Filter;
        if (omitsBlobs) limits.Add(options.WithoutTrees ? "filter tree:0" : "filter blob:none");
        if (capabilities.ProtocolVersion == 2) WriteVersion2(lines, capabilities, wants, options.Have, limits);
        else WriteVersion0(lines, capabilities, wants, limits, omitsBlobs);
        return new FetchRequest(body.WrittenMemory, omitsBlobs);
    }

    private static void WriteVersion2(PktLineWriter lines, GitCapabilities capabilities, IReadOnlyList<GitOid> wants, GitOid? have, List<string> limits)
    {
        lines.WriteText("command=fetch");
        if (capabilities.ObjectFormat) lines.WriteText($"object-format={GitAdvertisement.Sha1}");
        lines.WriteDelimiter();
        lines.WriteText("no-progress");
        lines.WriteText("ofs-delta");
        foreach (var want in wants) lines.WriteText($"want {want}");
        foreach (var limit in limits) lines.WriteText(limit);
        if (have is { } known) lines.WriteText($"have {known}");
        lines.WriteText("done");
        lines.WriteFlush();
    }

    private static void WriteVersion0(
        PktLineWriter lines, GitCapabilities capabilities, IReadOnlyList<GitOid> wants, List<string> limits, bool omitsBlobs)
    {
        var words = new List<string>();
        if (capabilities.MultiAck is { } multiAck) words.Add(multiAck);
        if (capabilities.SideBand) words.Add("side-band-64k");
        if (capabilities.OffsetDelta) words.Add("ofs-delta");
        if (capabilities.NoProgress) words.Add("no-progress");
        if (capabilities.ObjectFormat) words.Add($"object-format={GitAdvertisement.Sha1}");
        if (capabilities.Shallow) words.Add("shallow");
        if (omitsBlobs) words.Add("filter");
        lines.WriteText(string.Join(' ', words.Prepend($"want {wants[0]}")));
        foreach (var want in wants.Skip(1)) lines.WriteText($"want {want}");
        foreach (var limit in limits) lines.WriteText(limit);
        lines.WriteFlush();
        lines.WriteText("done");
    }
}

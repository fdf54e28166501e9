namespace SkillMeat.Tests.Updates;

/// <summary>Passes requests on, and flips one bit in the middle of every answer with content while it is switched on.</summary>
internal sealed class FlippedBits : DelegatingHandler
{
    private static readonly string[] _contents = ["/codeload/", "/git-upload-pack", "/raw-host/"];

    public FlippedBits()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
    }

    public bool IsOn { get; set; } = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!IsOn || !Array.Exists(_contents, part => request.RequestUri!.AbsolutePath.Contains(part, StringComparison.Ordinal))) return response;
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        bytes[bytes.Length / 2] ^= 0x10;
        var changed = new ByteArrayContent(bytes);
        foreach (var header in response.Content.Headers) changed.Headers.TryAddWithoutValidation(header.Key, header.Value);
        response.Content = changed;
        return response;
    }
}

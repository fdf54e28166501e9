using System.Net;
using System.Text.Json.Nodes;

namespace SkillMeat.Tests.Upstream.Contents;

/// <summary>Passes requests on to the network, but makes batch answers of Git LFS offer one object at another address, which it answers itself.</summary>
/// <param name="oid">The object.</param>
/// <param name="href">The address.</param>
/// <param name="answer">Creates the answers at the address.</param>
internal sealed class LfsHandler(string oid, string href, Func<HttpResponseMessage> answer) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private readonly List<string?> _authorizations = [];

    /// <summary>The Authorization headers that came to the address.</summary>
    public IReadOnlyList<string?> Authorizations => _authorizations;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsoluteUri == href)
        {
            lock (_authorizations) _authorizations.Add(request.Headers.TryGetValues("Authorization", out var values) ? string.Join(", ", values) : null);
            return answer();
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || !request.RequestUri.AbsolutePath.EndsWith("/objects/batch", StringComparison.Ordinal)) return response;
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        foreach (var item in json["objects"]!.AsArray().Select(one => one!.AsObject()).Where(one => (string?)one["oid"] == oid))
        {
            item.Remove("error");
            item["actions"] = new JsonObject { ["download"] = new JsonObject { ["href"] = href } };
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json.ToJsonString(), System.Text.Encoding.UTF8, "application/vnd.git-lfs+json") };
    }
}

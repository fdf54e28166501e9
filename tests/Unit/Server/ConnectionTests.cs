using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SkillMeat.Tests.Cli;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>Connections: many that say nothing, TLS, and a log that nobody reads.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Idle_connections_lock_nobody_out()
    {
        await using var scene = await ServiceScene.StartAsync();
        var idle = new List<Socket>();
        using var events = await scene.Client.GetAsync("api/v1/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        try
        {
            // Some say nothing, and some say half of a request.
            for (var i = 0; i < 700; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, scene.Url.Port, TestContext.Current.CancellationToken);
                if (i % 2 == 0) await socket.SendAsync("GET /he"u8.ToArray(), TestContext.Current.CancellationToken);
            }

            for (var i = 0; i < 5; i++)
            {
                using var client = scene.CreateClient();
                using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("health", soon.Token)).StatusCode);
            }

            var open = Regex.Match((await scene.GetAsync("metrics")).Text, "(?m)^skillmeat_connections ([0-9]+)$").Groups[1].Value;
            Assert.InRange(int.Parse(open, System.Globalization.CultureInfo.InvariantCulture), 300, 513);
            // A stream is in use for as long as it is open.
            using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            Assert.Equal(": connected", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            scene.Place.Write(scene.Place.At("projects.toml"), "# none\n");
            string? line;
            do line = await reader.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
            while (line?.Contains("projects", StringComparison.Ordinal) == false);
            Assert.NotNull(line);
        }
        finally
        {
            foreach (var socket in idle) socket.Dispose();
        }
    }

    [Fact]
    public async Task A_log_that_nobody_reads_holds_up_no_request()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        using var home = TestHome.Sample();
        var start = new ProcessStartInfo(SkmProcess.Command[0], [.. SkmProcess.Command.Skip(1), "serve", "--port", "0", "--no-open", "--no-refresh", "--format", "json", "--log-format", "json", "--home", home.Home])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var service = Process.Start(start)!;
        try
        {
            using var ready = JsonDocument.Parse((await service.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(ready.RootElement.GetProperty("url").GetString()!), Timeout = TimeSpan.FromSeconds(20) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ready.RootElement.GetProperty("token").GetString());
            // A line has some 150 bytes, and a pipe holds 64 KiB.
            for (var i = 0; i < 1_500; i++) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("health", TestContext.Current.CancellationToken)).StatusCode);
            (await SkmProcess.StartAsync("kill", ["-s", "TERM", $"{service.Id}"], TestContext.Current.CancellationToken)).Succeeds();
            await service.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(0, service.ExitCode);
        }
        finally
        {
            if (!service.HasExited) service.Kill();
        }
    }

    [Fact]
    public async Task Lines_of_the_log_that_are_lost_are_counted_and_told()
    {
        var output = new BlockedWriter();
        var log = new SkillMeat.Server.Hosting.ServiceLog(output, TimeProvider.System, isJson: true);
        for (var i = 0; i < 10_000; i++) log.Info($"line {i}");
        Assert.InRange(log.Dropped, 1_000, 2_000);
        output.Go();
        // There is room again once some are written.
        for (var left = 1_000; output.Lines < 5_000 && left > 0; left--) await Task.Delay(10, TestContext.Current.CancellationToken);
        log.Info("the last one");
        log.Close();
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("\"line 0\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"the last one\"", lines[^1], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains($"{log.Dropped} lines of the log were lost", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("pfx")]
    [InlineData("one.pem")]
    public async Task A_certificate_makes_it_listen_elsewhere_by_HTTPS(string form)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no signals.");
        using var home = TestHome.Sample();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("skm.example");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var options = WriteCertificate(home, certificate, key, form);

        await using var service = SkmService.Start(null, ["serve", "--listen", "0.0.0.0", "--port", "0", "--no-open", "--no-refresh", "--format", "json", "--allow-host", "skm.example", "--home", home.Home, .. options]);
        await service.UntilOutputAsync("\"url\"");
        var ready = JsonDocument.Parse(service.Output.Single()).RootElement;
        var url = new Uri(ready.GetProperty("url").GetString()!);
        Assert.Equal(("https", "skm.example"), (url.Scheme, url.Host));
        using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        // The name is not one that this machine knows.
        handler.ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, url.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        };
        var seen = "";
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            // Nobody signed it, so it is told by its hash.
            RemoteCertificateValidationCallback = (_, given, _, _) =>
            {
                seen = given!.GetCertHashString();
                return seen == certificate.GetCertHashString();
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = url };
        using (var bearer = new HttpRequestMessage(HttpMethod.Get, "api/v1/collections") { Version = HttpVersion.Version20 })
        {
            bearer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ready.GetProperty("token").GetString());
            using var answer = await client.SendAsync(bearer, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));
        }

        Assert.Equal(certificate.GetCertHashString(), seen);
        var signIn = await ServiceScene.SendAsync(client, HttpMethod.Get, $"?token={ready.GetProperty("token").GetString()}", null);
        var cookie = signIn.Succeeds(HttpStatusCode.SeeOther).Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        (await ServiceScene.SendAsync(client, HttpMethod.Post, "api/v1/collections", new { name = "work" }, ("Cookie", cookie.Split(';')[0]), ("Origin", url.GetLeftPart(UriPartial.Authority)))).Succeeds(HttpStatusCode.Created);
        (await ServiceScene.SendAsync(client, HttpMethod.Post, "api/v1/collections", new { name = "evil" }, ("Cookie", cookie.Split(';')[0]), ("Origin", $"http://skm.example:{url.Port}"))).Fails(403, "Forbidden");
        // Without TLS, nothing is answered there.
        using var plain = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{url.Port}") };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plain.GetAsync("health", TestContext.Current.CancellationToken));
        Assert.Equal(0, (await service.StopAsync()).ExitCode);
    }

    private static string[] WriteCertificate(TestHome home, X509Certificate2 certificate, ECDsa key, string form)
    {
        var (file, keyFile) = (Path.Combine(home.Place, form == "pfx" ? "tls.pfx" : "tls.pem"), Path.Combine(home.Place, "key.pem"));
        if (form == "pfx")
        {
            File.WriteAllBytes(file, certificate.Export(X509ContentType.Pfx));
            return ["--tls", file];
        }

        File.WriteAllText(form == "pem" ? keyFile : file, key.ExportPkcs8PrivateKeyPem() + "\n");
        File.AppendAllText(file, certificate.ExportCertificatePem() + "\n");
        return form == "pem" ? ["--tls", file, "--tls-key", keyFile] : ["--tls", file];
    }

    /// <summary>A writer whose reader does not read for a while.</summary>
    private sealed class BlockedWriter : StringWriter
    {
        private readonly ManualResetEventSlim _open = new();
        private int _lines;

        public int Lines => Volatile.Read(ref _lines);

        public override Encoding Encoding => Encoding.UTF8;

        public void Go() => _open.Set();

        public override void WriteLine(string? value)
        {
            _open.Wait();
            base.WriteLine(value);
            Interlocked.Increment(ref _lines);
        }
    }
}

using Alerts.Testing;
using k8s;
using k8s.Models;

namespace Alerts.EndToEnd.Operations;

/// <summary>
/// deploy/kubernetes without a cluster: each file has only fields that Kubernetes' API has, of their types, and the overlays, put together as
/// Kustomize does, name nothing that is not there.
/// </summary>
public sealed class KubernetesTests
{
    static readonly string folder = Path.Combine(RepositoryRoot.FullPath, "deploy", "kubernetes");

    /// <summary>Which of our pods may open which port of which.</summary>
    static readonly (string From, string To, string Port)[] allowed =
    [
        ("silo", "silo", "silo"), ("silo", "silo", "clients"), ("gateway", "silo", "clients"),
        ("silo", "mysql", "mysql"), ("gateway", "mysql", "mysql"), ("silo", "redis", "redis"), ("gateway", "redis", "redis"),
        ("silo", "sinks", "marketplace"), ("silo", "sinks", "smtp"),
    ];

    public static TheoryData<string> Overlays => ["demo", "production"];

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Files))]
    public async Task Each_file_has_only_fields_that_Kubernetes_knows(string file)
    {
        // Kustomize's own, which kubectl reads.
        if (Path.GetFileName(file) == "kustomization.yaml")
            return;

        var objects = Read(await File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken));

        Assert.NotEmpty(objects);
        Assert.All(objects, item => Assert.NotNull(item.Metadata.Name));
    }

    [Fact]
    public void A_field_that_Kubernetes_does_not_know_is_found() => Assert.ThrowsAny<Exception>(() => Read("""
        apiVersion: v1
        kind: Service
        metadata: { name: gateway }
        spec: { selectors: { app: gateway } }
        """));

    [Theory, MemberData(nameof(Overlays))]
    public async Task Every_setting_named_there_is_one(string overlay)
    {
        var objects = await BuildAsync(overlay);
        var named = objects.OfType<V1ConfigMap>().SelectMany(map => map.Data.Keys)
            .Concat(Containers(objects).SelectMany(container => container.Env ?? []).Select(variable => variable.Name))
            .Where(name => name.StartsWith("Alerts__", StringComparison.Ordinal)).ToList();

        Assert.Contains("Alerts__SiloAddress", named);
        Assert.Empty(KnownSettings.Unknown(named));
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Silos_and_gateways_show_each_other_certificates(string overlay)
    {
        var settings = (await BuildAsync(overlay)).OfType<V1ConfigMap>().Single(map => map.Metadata.Name == "settings").Data;

        Assert.All(["Certificate", "Key", "Authority"], name => Assert.StartsWith("/run/secrets/", settings["Alerts__Tls__" + name], StringComparison.Ordinal));
        Assert.Equal("/run/secrets/authority.crt", settings["Alerts__RedisAuthority"]);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task What_one_part_names_of_another_is_there(string overlay)
    {
        var objects = await BuildAsync(overlay);
        var pods = Pods(objects).ToList();
        var script = await File.ReadAllTextAsync(Path.Combine(folder, "put-secrets"), TestContext.Current.CancellationToken);

        foreach (var service in objects.OfType<V1Service>())
        {
            var pod = Assert.Single(pods, pod => Matches(service.Spec.Selector, pod.Template.Metadata.Labels)).Template.Spec.Containers.Single();
            foreach (var port in service.Spec.Ports)
                Assert.Contains(pod.Ports, own => own.Name == (port.TargetPort?.Value ?? port.Name) || own.ContainerPort == port.Port);
        }

        Assert.All(objects.OfType<V1PodDisruptionBudget>(), budget =>
            Assert.Single(pods, pod => Matches(budget.Spec.Selector.MatchLabels, pod.Template.Metadata.Labels)));
        Assert.All(objects.OfType<V2HorizontalPodAutoscaler>(), scaler =>
            Assert.Contains(objects.OfType<V1Deployment>(), deployment => deployment.Metadata.Name == scaler.Spec.ScaleTargetRef.Name && deployment.Spec.Replicas is null));
        foreach (var (name, selector, template) in pods)
        {
            Assert.True(Matches(selector.MatchLabels, template.Metadata.Labels), name);
            Assert.All(template.Spec.Volumes.Select(volume => volume.Secret?.SecretName).OfType<string>(), secret =>
                Assert.Contains($"\nsecret {secret} ", script, StringComparison.Ordinal));
            Assert.All(Containers(template).SelectMany(container => container.VolumeMounts ?? []), mount =>
                Assert.Contains(template.Spec.Volumes.Concat(Claims(objects, name)), volume => volume.Name == mount.Name));
            Assert.All(Containers(template).SelectMany(container => container.EnvFrom ?? []), from =>
                Assert.Contains(objects.OfType<V1ConfigMap>(), map => map.Metadata.Name == from.ConfigMapRef.Name));
            if (template.Spec.ServiceAccountName is { } account)
                Assert.Contains(objects.OfType<V1ServiceAccount>(), item => item.Metadata.Name == account);
            foreach (var container in Containers(template))
                Assert.All(Probes(container), probe => Assert.Contains(container.Ports, port => port.Name == Port(probe)));
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Nobody_else_reaches_a_port(string overlay)
    {
        var objects = await BuildAsync(overlay);
        var policies = objects.OfType<V1NetworkPolicy>().ToList();
        var pods = Pods(objects).ToList();

        // All of the namespace is closed, and opened one by one.
        Assert.Contains(policies, policy => policy.Spec.PodSelector.MatchLabels is null && policy.Spec.Ingress is null && policy.Spec.PolicyTypes is ["Ingress"]);
        var open =
            from caller in pods
            from to in pods
            from port in Containers(to.Template).SelectMany(container => container.Ports)
            where policies.Any(policy => Selects(policy.Spec.PodSelector, to.Template) && Lets(policy, caller.Template, port))
            select (caller.Name, to.Name, port.Name);
        Assert.Equal(allowed.Where(way => pods.Exists(pod => pod.Name == way.To)).Order(), open.Order());
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Pods_ask_for_what_they_need_and_may_do_nothing_else(string overlay)
    {
        foreach (var (name, _, template) in Pods(await BuildAsync(overlay)))
        {
            Assert.Equal((name, true, false), (name, template.Spec.SecurityContext.RunAsNonRoot, template.Spec.AutomountServiceAccountToken));
            foreach (var container in Containers(template))
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation, name);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.All(["cpu", "memory"], resource => Assert.True(container.Resources.Requests[resource].ToDecimal() <= container.Resources.Limits[resource].ToDecimal()));
                Assert.NotNull(container.ReadinessProbe);
                if (name is not ("silo" or "gateway"))
                    continue;
                Assert.Equal(["/health/startup", "/health/live", "/health/ready"],
                    [container.StartupProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path]);
                // Readiness fails first, then runs end, then the rest stops.
                Assert.True(template.Spec.TerminationGracePeriodSeconds >= 10 + 15 + 10, name);
            }
        }
    }

    static List<IKubernetesObject<V1ObjectMeta>> Read(string yaml) =>
        [.. KubernetesYaml.LoadAllFromString(yaml, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()];

    /// <summary>An overlay as Kustomize puts it together, of whose means it uses files and patches of settings.</summary>
    static async Task<List<IKubernetesObject<V1ObjectMeta>>> BuildAsync(string overlay)
    {
        var objects = await ReadFolderAsync(Path.Combine(folder, "overlays", overlay));
        foreach (var patch in objects.OfType<V1ConfigMap>().Where(map => map.Metadata.Name == "settings").Skip(1).ToList())
        {
            var settings = objects.OfType<V1ConfigMap>().First(map => map.Metadata.Name == "settings");
            foreach (var (name, value) in patch.Data)
                settings.Data[name] = value;
            objects.Remove(patch);
        }

        return objects;
    }

    /// <summary>The resources of a kustomization, then its patches.</summary>
    static async Task<List<IKubernetesObject<V1ObjectMeta>>> ReadFolderAsync(string path)
    {
        var objects = new List<IKubernetesObject<V1ObjectMeta>>();
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(path, "kustomization.yaml"), TestContext.Current.CancellationToken))
        {
            var name = line.TrimStart(' ', '-').Replace("path: ", "", StringComparison.Ordinal);
            var named = Path.GetFullPath(Path.Combine(path, name));
            if (!line.StartsWith("  - ", StringComparison.Ordinal) || name.Contains('{', StringComparison.Ordinal))
                continue;
            if (Directory.Exists(named))
                objects.AddRange(await ReadFolderAsync(named));
            else
                objects.AddRange(Read(await File.ReadAllTextAsync(named, TestContext.Current.CancellationToken)));
        }

        return objects;
    }

    static IEnumerable<(string Name, V1LabelSelector Selector, V1PodTemplateSpec Template)> Pods(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects) => objects.SelectMany(item => item switch
    {
        V1Deployment deployment => [(deployment.Metadata.Name, deployment.Spec.Selector, deployment.Spec.Template)],
        V1StatefulSet set => [(set.Metadata.Name, set.Spec.Selector, set.Spec.Template)],
        _ => Array.Empty<(string, V1LabelSelector, V1PodTemplateSpec)>(),
    });

    static IEnumerable<V1Container> Containers(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects) => Pods(objects).SelectMany(pod => Containers(pod.Template));

    static IList<V1Container> Containers(V1PodTemplateSpec template) => template.Spec.Containers;

    static IEnumerable<V1Volume> Claims(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects, string name) =>
        objects.OfType<V1StatefulSet>().Where(set => set.Metadata.Name == name).SelectMany(set => set.Spec.VolumeClaimTemplates)
            .Select(claim => new V1Volume { Name = claim.Metadata.Name });

    static IEnumerable<V1Probe> Probes(V1Container container) =>
        ((V1Probe?[])[container.StartupProbe, container.ReadinessProbe, container.LivenessProbe]).OfType<V1Probe>().Where(probe => Port(probe) is not null);

    static string? Port(V1Probe probe) => (probe.HttpGet?.Port ?? probe.TcpSocket?.Port)?.Value;

    static bool Matches(IDictionary<string, string> selector, IDictionary<string, string> labels) =>
        selector.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    static bool Selects(V1LabelSelector selector, V1PodTemplateSpec pod) =>
        Matches(selector.MatchLabels ?? new Dictionary<string, string>(), pod.Metadata.Labels)
        && (selector.MatchExpressions ?? []).All(rule => rule.OperatorProperty is "In" && pod.Metadata.Labels.TryGetValue(rule.Key, out var value) && rule.Values.Contains(value));

    static bool Lets(V1NetworkPolicy policy, V1PodTemplateSpec from, V1ContainerPort port) => (policy.Spec.Ingress ?? []).Any(rule =>
        (rule.FromProperty is null || rule.FromProperty.Any(peer => peer is { NamespaceSelector: null, PodSelector: { } selector } && Selects(selector, from)))
        && (rule.Ports is null || rule.Ports.Any(one => one.Port.Value == port.Name)));
}

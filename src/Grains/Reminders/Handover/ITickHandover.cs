using Orleans.Services;

namespace Alerts.Reminders.Handover;

/// <summary>Orleans requires an interface for a grain service; nobody calls this one.</summary>
public interface ITickHandover : IGrainService;

using Orleans.Services;

namespace Alerts.Reminders.Handover;

/// <summary>Orleans wants an interface for a service of every silo; nobody calls this one.</summary>
public interface ITickHandover : IGrainService;

import type { Services } from "./services.ts";

/** A user with one project and three items: alpha rocket and beta in the project, gamma rocket in none. */
export async function stockShop(services: Services, name: string) {
  const user = await services.signedIn(name);
  const project = await user.client.from("projects").insert({ name: "P" }).select().single();
  const items = await user.client.from("items").insert([
    {
      title: "alpha rocket",
      ext_id: "e1",
      rank: 1,
      price: 10.5,
      tags: ["x", "y"],
      meta: { a: { b: 5 }, k: ["q"] },
      project_id: project.data?.id,
    },
    { title: "beta", ext_id: "e2", rank: 2, price: 20, tags: [], meta: {}, project_id: project.data?.id },
    { title: "gamma rocket", ext_id: "e3", rank: 3, price: null, tags: [], meta: {}, project_id: null },
  ]);
  if (project.error ?? items.error) throw project.error ?? items.error;
  return { ...user, projectId: Number(project.data.id) };
}
